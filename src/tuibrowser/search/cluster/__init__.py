"""Cluster: one searcher over several hosts, each of which holds some of the segments."""
