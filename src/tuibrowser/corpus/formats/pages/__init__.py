"""Pages: HTML, and what pages of e-books share with it."""
