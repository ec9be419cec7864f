"""Tests beside the rules: read (`cases`), run on every evaluator (`runner`), and what they leave out (`coverage`)."""
