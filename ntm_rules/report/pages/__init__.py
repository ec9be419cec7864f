"""What all pages in files share: names and links, and how they come into a folder."""
