"""Results as a set of plain pages with pictures: opened from a folder or a stick, without a network or a script."""
