"""minzheng: work reports of civil-affairs bureaus in, DuckDB tables of indicators by region and year out."""
