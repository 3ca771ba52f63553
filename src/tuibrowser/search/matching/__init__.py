"""Where a query stands in the text."""
