"""Books: e-books made of pages (EPUB, MOBI)."""
