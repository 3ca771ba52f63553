"""Files made into a corpus: discovered, decoded, repaired, divided into paragraphs, described and outlined."""
