"""From a decision to an overlay: what is still to fill, and the overlay made of what was filled in."""
