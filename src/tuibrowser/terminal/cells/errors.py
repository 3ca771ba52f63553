"""Errors: what the model of the screen does not know."""

from __future__ import annotations


class Unmodelled(Exception):  # noqa: N818 - it is no failure: the plain bytes are sent instead
    """Something was written to the terminal whose effect is not modelled."""
