"""What a document is a part of, and what it is called beside others."""
