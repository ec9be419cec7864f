"""What all static pages share: names and links, words, looks, and how they come into a folder."""
