"""What all checks share: what a check is, what it looks at, where it is found and how it is run."""
