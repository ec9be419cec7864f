"""What each page shows, as values: worked out here, drawn by the template of the same name."""
