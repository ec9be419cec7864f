"""What a province fills in for the goals of its plan."""
