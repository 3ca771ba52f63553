"""Read, search and quote Chinese text corpora from any terminal."""

__version__ = "0.1.0"
