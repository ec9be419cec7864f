"""What the book is called in files."""

WHOLE = "tat-ca.html"
"""The page that holds all others, to print."""
