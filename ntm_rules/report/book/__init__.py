"""The criteria set as a book: a static site of plain pages, to read, carry and print."""
