"""A query over the hosts: its steps, its rows in order, all its matches, and the parallels of a passage."""
