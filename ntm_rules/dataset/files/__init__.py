"""Files one by one: which there are, of what kind each is, and how each is read without harm."""
