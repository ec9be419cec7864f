"""What the rows of a table say: headers, owners, figures of forms, of long and of wide tables."""
