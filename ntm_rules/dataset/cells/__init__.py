"""What one figure's cells say: numbers, days, answers, shares, one by one or a column at once."""
