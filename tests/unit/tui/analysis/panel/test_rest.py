"""How long a reader rests on a line until it is previewed."""

from __future__ import annotations

from tuibrowser.tui.analysis.panel.panel import REST, REST_FROM_AFAR, rest


def test_a_line_is_previewed_later_where_each_byte_takes_its_time() -> None:
    assert rest({"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}) == REST_FROM_AFAR
    assert rest({}) == rest({"SSH_CONNECTION": ""}) == REST
    assert REST < REST_FROM_AFAR
