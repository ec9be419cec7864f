"""From verdicts to what people and programs read: CSV, workbook, JSON, screen."""
