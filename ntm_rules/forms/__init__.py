"""Workbooks that people fill in and get back: a commune's figures (`commune`), what a decision fixes (`decision`)."""
