"""Machines: a searcher asked from another process, on this machine or others."""
