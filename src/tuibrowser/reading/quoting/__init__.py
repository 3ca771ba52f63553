"""A passage with its source, in the forms that it is copied as."""
