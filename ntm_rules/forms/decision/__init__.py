"""The workbook in which an officer fills in what a decision fixes, and what it comes to when it is read back."""
