"""Words: an optional layer beside an index, which tells where the words of its texts are."""
