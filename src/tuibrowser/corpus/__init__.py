"""Make a corpus of files: discover, decode and repair them, and find their paragraphs, metadata and headings."""
