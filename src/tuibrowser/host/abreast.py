"""Abreast: many small tasks, each cut into steps, the same step of all of them done before the next one.

A step done for one task after another finds its code, its patterns and its tables in the processor's caches, where the
steps before it would have driven them out: to read a poem of a few lines takes two thirds of the time so. What comes
of a task is the same in either order.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

Steps: TypeAlias = Generator[None, None, T]
"""A task that yields after each step, and returns what comes of it."""


def alone(steps: Steps[T]) -> T:
    """Do a task from its first step to its last; return what comes of it, and raise what it raises."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def abreast(tasks: Iterable[Steps[T]]) -> list[T]:
    """Do tasks side by side; return what comes of each, in their order. What one raises is raised, and ends all."""
    results: dict[int, T] = {}
    going = list(enumerate(tasks))
    total = len(going)
    while going:
        left: list[tuple[int, Steps[T]]] = []
        for task in going:
            try:
                next(task[1])
            except StopIteration as end:
                results[task[0]] = end.value
            else:
                left.append(task)
        going = left
    return [results[number] for number in range(total)]
