"""The reports in a document: where each begins, its title, issuer, dates, genre and year."""
