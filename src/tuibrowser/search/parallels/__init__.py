"""Parallels: passages of a corpus that quote, repeat or share most of a given one."""
