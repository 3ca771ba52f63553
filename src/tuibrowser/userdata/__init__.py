"""What the reader leaves behind: places, jumps, bookmarks, searches and corpora, kept in SQLite."""
