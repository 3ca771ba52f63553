"""TEI: editions, with their headers, characters and apparatus."""
