"""Keep a reader's places, jumps, bookmarks, searches and corpora in SQLite."""
