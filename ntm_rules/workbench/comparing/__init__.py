"""Two laws side by side: what differs in their words, and which verdicts differ under them."""
