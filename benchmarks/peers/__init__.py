"""Other ways to do the same work, each given its data in the form it likes best, before the clock starts."""
