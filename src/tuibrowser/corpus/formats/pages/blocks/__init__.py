"""The blocks of a page: its markup divided into stretches of text and the boxes they stand in."""
