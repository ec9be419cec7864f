"""The rule author's workbench: checking, testing, comparing and drafting rules."""
