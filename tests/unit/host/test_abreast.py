from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.host.abreast import abreast, alone

if TYPE_CHECKING:
    from tuibrowser.host.abreast import Steps


def _task(name: str, steps: int, done: list[str]) -> Steps[str]:
    for step in range(steps):
        done.append(f"{name}{step}")
        yield
    return name


def test_each_step_is_done_for_all_before_the_next_one() -> None:
    done: list[str] = []

    assert abreast([_task("山", 2, done), _task("水", 0, done), _task("雲", 3, done)]) == ["山", "水", "雲"]
    assert done == ["山0", "雲0", "山1", "雲1", "雲2"]


def test_a_task_alone_is_done_to_its_end() -> None:
    done: list[str] = []

    assert alone(_task("山", 2, done)) == "山"
    assert done == ["山0", "山1"]


def test_what_a_task_raises_is_raised() -> None:
    def failing() -> Steps[str]:
        yield
        raise ValueError("山")

    for tried in (lambda: alone(failing()), lambda: abreast([_task("水", 3, []), failing()])):
        with pytest.raises(ValueError, match="山"):
            tried()
