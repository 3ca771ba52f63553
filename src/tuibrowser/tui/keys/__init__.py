"""Keys as they are typed, bound and queued."""
