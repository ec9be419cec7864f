"""Why one commune has a verdict: what can be said (`subject`), as prose (`prose`), as JSON (`as_json`), and what it still lacks (`missing`)."""
