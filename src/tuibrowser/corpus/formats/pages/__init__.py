"""Pages: HTML and what is made of it, such as the chapters of an e-book."""
