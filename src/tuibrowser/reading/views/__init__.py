"""A document as the reader looks at it."""
