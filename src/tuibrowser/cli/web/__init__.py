"""Web: readers of a server in web pages."""
