"""A reader in a web page, in a real Chromium: it shows the texts, copies, and keeps its hands off the machine."""

from __future__ import annotations

import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyte
import pytest
from playwright.sync_api import sync_playwright

from e2e.harness import environment, find, need, until
from e2e.test_serving import Served
from tuibrowser.clipboard.transports import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page, WebSocket

pytestmark = pytest.mark.slow

TEXTS = {
    "章程.md": "# 讀書會章程\n\n第一條 本會以讀書為樂，每月集會一次。\n\n## 借閱\n\n第二條 圖書借出以三週為限。\n",
    "报告.txt": "今年读书会共集会十二次，借阅的人比去年多了三成。\n",
}
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class Shown:
    """A page, and what its terminal was sent."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self._sent: list[bytes] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", self._listen)
        page.goto(address)

    def _listen(self, line: WebSocket) -> None:
        self.asked.append(line.url)
        line.on("framereceived", lambda data: self._sent.append(data) if isinstance(data, bytes) else None)

    def text(self) -> str:
        size = self.page.viewport_size
        assert size is not None
        screen = pyte.Screen(size["width"] // 9, size["height"] // 20)
        pyte.ByteStream(screen).feed(b"".join(self._sent).replace(b"\x1b[?2026$p", b""))
        return "\n".join(screen.display)

    def wait_for(self, words: str) -> None:
        """Wait until the screen shows words; the page's messages are taken meanwhile."""
        end = time.monotonic() + 60
        while words not in self.text():
            assert time.monotonic() < end, self.text()
            self.page.wait_for_timeout(50)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that shows pages, one at a time."""
    need("chromium")
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("served") / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    options = ("--web", "--web-at", _free_port(), "--web-readers", "1", "--web-name", "texts.example")
    with TemporaryDirectory() as short:
        served = Served(folder, environment(home, XDG_RUNTIME_DIR=short), *options)
        yield served
        assert served.stop() == 0


def _free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@pytest.fixture(scope="module")
def address(server: Served) -> str:
    return server.log.read_text().partition("web pages at ")[2].split()[0]


@pytest.fixture(scope="module")
def window(address: str) -> Iterator[BrowserContext]:
    """A window whose pages may use the clipboard."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find("chromium"), args=FLAGS)
        context = browser.new_context(viewport={"width": 1000, "height": 640})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        yield context
        browser.close()


def status(address: str, **headers: str) -> int:
    """What a server answers a request with."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_reader_in_a_page_reads_searches_and_copies(server: Served, address: str, window: BrowserContext) -> None:
    shown = Shown(window.new_page(), address)
    shown.wait_for("讀書會章程")
    shown.wait_for("今年读书会共集会")
    shown.press("J")
    shown.wait_for("第一條 本會以讀書為樂")
    shown.press("y")
    shown.wait_for("sent to the page")
    assert shown.page.evaluate("navigator.clipboard.readText()") == "讀書會章程"
    assert not [*Path(server.variables["HOME"]).rglob(FILE_NAME)]
    before = shown.page.screenshot()
    shown.press("t")
    shown.wait_for("第一条 本会以读书为乐")
    assert shown.page.screenshot() != before
    shown.press("E")
    shown.wait_for("a reader in a web page writes no files and starts no programs")
    shown.press("/")
    shown.page.keyboard.type("dushu")
    shown.wait_for("in 2 documents")
    shown.page.evaluate("navigator.clipboard.writeText('今年')")
    shown.press("Control+u", "Control+v")
    shown.wait_for("1 in 1 document")
    ours = (address, address.replace("http", "ws"), "data:")
    assert [url for url in shown.asked if not url.startswith(ours)] == []
    assert status(address) == 503
    shown.page.close()
    server.until("reader 1 left; 0 connected")
    until(lambda: status(address) == 200, server.log.read_text)


def test_a_reader_that_is_left_ends_its_page(server: Served, address: str, window: BrowserContext) -> None:
    shown = Shown(window.new_page(), address)
    shown.wait_for("repaired")
    told = len(server.log.read_text())
    shown.press("q")
    shown.page.wait_for_selector("#ended", state="visible")
    server.until("left; 0 connected", after=told)


def test_other_names_and_sites_are_refused(address: str) -> None:
    assert status(address, Host="elsewhere.example") == 403
    assert status(f"{address}ws", Origin="https://elsewhere.example") == 403
    assert status(f"{address}static/") == 403
    assert status(address, Host="texts.example", Origin="https://texts.example") == 200
