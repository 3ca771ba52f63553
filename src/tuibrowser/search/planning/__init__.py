"""Planning: which matches a query asks for."""
