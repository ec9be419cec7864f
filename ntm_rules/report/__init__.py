"""From verdicts to what people and programs read: `tables` make, `xlsx`, `word` and CSV draw; pages, pictures, JSON."""
