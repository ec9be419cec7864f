"""Tests beside the rules: read (`cases`), run on every evaluator (`runner`), what they leave out (`coverage`), drafts."""
