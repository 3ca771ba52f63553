"""Pages: serve a web page with a reader of its own to everyone who opens it, by textual-serve."""

from __future__ import annotations

import asyncio
import shlex
import sys
import threading
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from aiohttp import web
from textual_serve.server import Server

from tuibrowser.cli.web.welcome import is_welcome
from tuibrowser.host.environment import PAGE, SERVER
from tuibrowser.language.i18n import spoken, tr

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Collection, Sequence
    from pathlib import Path

_HEADERS: Final = {
    # Nothing of a page comes from elsewhere, and no other site's page shows it in a frame.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_KINDS: Final = {"page.css": "text/css", "page.js": "text/javascript"}
_ELSEWHERE: Final = ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "NO_COLOR")
"""What is said of the terminal that the server was started in."""


def reader_command(paths: Sequence[str], encoding: str | None, server: Path) -> str:
    """The command line, for a shell, of a reader in a page; `paths` are absolute."""
    unset = [word for name in _ELSEWHERE for word in ("-u", name)]
    given = ["--encoding", encoding] if encoding is not None else []
    reader = [sys.executable, "-P", "-X", "utf8", "-m", "tuibrowser", *given, "--", *paths]
    return shlex.join(["exec", "env", *unset, f"{PAGE}=1", f"{SERVER}={server}", *reader])


class Pages:
    """Serves pages from a thread; `names` are those of this server on the web, `most` how many readers it has at once.

    `log` is told of readers that come and leave.
    """

    def __init__(
        self, listening: socket.socket, command: str, names: Collection[str], most: int, log: Callable[[str], object]
    ) -> None:
        self._listening = listening
        self._names = names
        self._most = most
        self._log = log
        self._server = Server(command)
        self._readers: set[asyncio.Task[object]] = set()
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), daemon=True)

    def start(self) -> None:
        """Serve from now on."""
        self._thread.start()

    def stop(self) -> None:
        """End all readers, and serve no more."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        application = web.Application(middlewares=[self._guard])
        application.add_routes(
            [
                web.get("/", self._page),
                *(web.get(f"/{name}", _resource) for name in _KINDS),
                web.get("/ws", self._reader),
                web.static("/static", self._server.statics_path),
            ]
        )
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.SockSite(runner, self._listening).start()
        await self._end.wait()
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)
        await runner.cleanup()

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Answer the pages of this server alone."""
        if not is_welcome(request.host, request.headers.get("Origin"), self._names):
            raise web.HTTPForbidden(text=tr("this name is not one of this server: see --web-name"))
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    async def _page(self, _: web.Request) -> web.Response:
        self._refuse_too_many()
        words = {
            "language": "zh-Hant" if spoken() == "zh-Hant" else "zh-Hans",
            "title": "tuibrowser",
            "opening": tr("opening …"),
            "ended": tr("The reader has ended."),
            "again": tr("Open it again"),
        }
        page = _text("page.html").format(**{name: escape(text) for name, text in words.items()})
        return web.Response(text=page, content_type="text/html")

    async def _reader(self, request: web.Request) -> web.WebSocketResponse:
        """Start a reader, and be between it and its page until either ends."""
        self._refuse_too_many()
        task = asyncio.current_task()
        assert task is not None
        self._readers.add(task)
        self._log(f"a page came from {request.remote}, {len(self._readers)} open")
        try:
            return await self._server.handle_websocket(request)
        finally:
            self._readers.discard(task)
            self._log(f"a page from {request.remote} left, {len(self._readers)} open")

    def _refuse_too_many(self) -> None:
        if len(self._readers) >= self._most:
            raise web.HTTPServiceUnavailable(text=tr("too many readers are here: come again later"))


async def _resource(request: web.Request) -> web.Response:
    name = request.path.removeprefix("/")
    return web.Response(text=_text(name), content_type=_KINDS[name])


def _text(name: str) -> str:
    return files("tuibrowser.cli.web").joinpath(name).read_text(encoding="utf-8")
