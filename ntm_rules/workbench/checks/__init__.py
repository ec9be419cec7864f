"""What `ntm rules check` looks for: one module per check, named by its topic; `core` finds and runs them."""
