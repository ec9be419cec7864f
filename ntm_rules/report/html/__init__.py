"""What every page is drawn with, whoever serves it: components, their classes and style sheet, words, links."""
