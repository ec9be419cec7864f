"""What outputs show as tables, made once, a module a subject; `xlsx`, `word`, CSV and screen only draw them."""
