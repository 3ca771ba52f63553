"""The desk of corpus work: figures of a query, the lines they count, and the way to these in the text."""
