"""Cross-checks: each kind of condition against an oracle written apart from it."""
