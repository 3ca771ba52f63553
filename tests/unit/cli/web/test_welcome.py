"""Which addresses are taken, and which requests are answered."""

from __future__ import annotations

import pytest

from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.web.welcome import Place, is_welcome, place_of


@pytest.mark.parametrize(
    ("written", "place", "url", "is_local"),
    [
        (None, Place("127.0.0.1", 8000), "http://127.0.0.1:8000/", True),
        ("8080", Place("127.0.0.1", 8080), "http://127.0.0.1:8080/", True),
        ("localhost", Place("localhost", 8000), "http://localhost:8000/", True),
        ("0.0.0.0:80", Place("0.0.0.0", 80), "http://0.0.0.0:80/", False),
        ("[::1]:9000", Place("::1", 9000), "http://[::1]:9000/", True),
        ("::1", Place("::1", 8000), "http://[::1]:8000/", True),
        ("[::]", Place("::", 8000), "http://[::]:8000/", False),
        ("reading.example:9000", Place("reading.example", 9000), "http://reading.example:9000/", False),
    ],
)
def test_a_place_is_a_port_a_host_or_both(written: str | None, place: Place, url: str, is_local: bool) -> None:
    found = place_of(written)
    assert (found, found.url, found.is_local) == (place, url, is_local)


@pytest.mark.parametrize("written", ["", ":8000", "host:", "host:port", "host:0", "99999", "host:8²"])
def test_what_is_no_place_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="HOST:PORT"):
        place_of(written)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8000", None),
        ("localhost:9000", "http://localhost:9000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("192.0.2.7:8000", "http://192.0.2.7:8000"),
        ("texts.example", "https://texts.example"),
        ("127.0.0.1:8000", "https://texts.example"),
    ],
)
def test_pages_of_the_server_itself_are_welcome(host: str, origin: str | None) -> None:
    assert is_welcome(host, origin, {"texts.example"})


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("elsewhere.example:8000", None),
        ("elsewhere.example:8000", "http://elsewhere.example:8000"),
        ("127.0.0.1:8000", "http://elsewhere.example"),
        ("127.0.0.1:8000", "http://127.0.0.1:9000"),
        ("127.0.0.1:8000", "null"),
        ("127.0.0.1:8000", "http://[127.0.0.1:8000"),
        ("texts.example.elsewhere.example", None),
        ("[", None),
        ("", None),
    ],
)
def test_other_names_and_pages_of_other_sites_are_not(host: str, origin: str | None) -> None:
    assert not is_welcome(host, origin, {"texts.example"})
