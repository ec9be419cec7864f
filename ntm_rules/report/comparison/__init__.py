"""Two laws compared, for people and programs: changes.csv, thay-doi.xlsx, JSON, words, a CHANGELOG entry."""
