"""What each page shows, worked out as values; the templates draw them."""
