"""Key names: map Textual's names of keys to those that a reader sees, and writes in the config file."""

from __future__ import annotations

import re
from typing import Final

STEP: Final = " "
"""The divider between the keys of a sequence."""

_LABELS = {
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "equals_sign": "=",
    "percent_sign": "%",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "question_mark": "?",
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "colon": ":",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "dollar_sign": "$",
    "asterisk": "*",
    "apostrophe": "'",
    "tilde": "~",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "f1": "F1",
    "f2": "F2",
}

_NAMES = {label.lower(): name for name, label in _LABELS.items()}
_FUNCTION_KEY = re.compile(r"f\d")


def key_label(key: str) -> str:
    """How a key is shown to the reader: `}` for `right_curly_bracket`, `zt` for the sequence `z t`."""
    labels = [_LABELS.get(step, step) for step in key.split(STEP)]
    return ("" if all(len(label) == 1 for label in labels) else STEP).join(labels)


def key_name(label: str) -> str:
    """Textual's name of a key that the reader wrote as it is shown: `right_curly_bracket` for `}`, `z t` for `zt`."""
    steps = label.split() or [label]
    if len(steps) == 1 and len(label) == 2 and not _is_key(label):
        steps = list(label)
    return STEP.join(_NAMES.get(step.lower(), step) for step in steps)


def _is_key(label: str) -> bool:
    """Whether two characters are the name or the label of one key, such as `up` or `f1`."""
    return label.lower() in _LABELS or label.lower() in _NAMES or _FUNCTION_KEY.fullmatch(label) is not None
