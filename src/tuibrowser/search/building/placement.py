"""Placement: which pieces make up a shard, and which hosts have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tuibrowser.search.building.pieces import Piece


def shards_of(pieces: Sequence[Piece], count: int, before: Mapping[str, int]) -> list[list[Piece]]:
    """Deal out pieces to so many shards, about equally large; none of these is empty.

    A piece stays in the shard where it was `before`, unless that would be too large.
    """
    count = min(count, len(pieces))
    most = sum(piece.size for piece in pieces) / max(1, count) + max((piece.size for piece in pieces), default=0) / 2
    shards: list[list[Piece]] = [[] for _ in range(count)]
    sizes = [0] * count
    left = []
    for piece in pieces:
        shard = before.get(piece.name, count)
        if shard < count and sizes[shard] + piece.size <= most:
            shards[shard].append(piece)
            sizes[shard] += piece.size
        else:
            left.append(piece)
    for piece in left:
        shard = min(range(count), key=lambda shard: (bool(shards[shard]), sizes[shard]))
        shards[shard].append(piece)
        sizes[shard] += piece.size
    return [sorted(shard, key=lambda piece: piece.first) for shard in shards if shard]


def holders(hosts: Sequence[str], there: Collection[str], shard: int, copies: int) -> list[str]:
    """The hosts that have a shard, the preferred one first: as many of those that are there as there are copies."""
    ring = [hosts[(shard + at) % len(hosts)] for at in range(len(hosts))]
    return [name for name in ring if name in there][:copies]
