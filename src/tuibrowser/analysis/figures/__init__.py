"""The figures: lines of a query, frequencies, company, spread and keywords."""
