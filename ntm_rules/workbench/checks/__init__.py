"""What `ntm rules check` looks for: one module per check, named by its topic, and one table of what readers tell; `core` finds and runs them."""
