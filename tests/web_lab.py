"""A web server on this machine that answers as a test tells it to, badly if it must."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pipeline.fetching.bring import Round
from pipeline.fetching.client import Client, Limits
from pipeline.fetching.sources import read_sources
from pipeline.fetching.visitor import Visitor
from pipeline.reading.files.listing import list_files

REPORT = "<p>青田县民政局2023年工作总结</p><p>全县共有低保对象3012人，发放低保金1230.35万元。</p>"
HTML = "text/html; charset=utf-8"


class Web:
    """Pages by path: what to answer, as bytes, text, or a function that writes to the handler itself."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, bytes | str | Callable] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []  # host, path, headers

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for _, path, _ in self.asked if path != "/robots.txt"]

    def at(self, path: str, host: str = "mzj.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, body: str, **links: str) -> None:
        """A page with links, named by their words."""
        ends = "".join(f'<p><a href="{target}">{words}</a></p>' for words, target in links.items())
        self.pages[path] = f"<html><body><h1>页</h1>{body}{ends}</body></html>"

    def go(self, raw, again=False, now=None, sleep=lambda seconds: None, pause=0.0, **limits):
        """A round through the sources of a raw folder: its visits by path, and the round."""
        client = Client(limits=Limits(**limits), resolver=self.resolve)
        more = {"now": now} if now else {}
        going = Round(raw, Visitor(client, pause, sleep), again=again, **more)
        try:
            visits = list(going.go(read_sources(raw)))
        finally:
            client.close()
        return {visit.address.partition(str(self.port))[2]: visit for visit in visits}, going

    def resolve(self, host: str, port: int) -> list[str]:
        """All names of tests lead here, `rebound.example` to the world and to here."""
        return {"nowhere.example": [], "rebound.example": ["93.184.215.14", "127.0.0.1"]}.get(
            host, ["127.0.0.1"]
        )

    def sources(self, raw, *lines: str, header: str = "address,pattern,private") -> None:
        raw.mkdir(exist_ok=True)
        (raw / "sources.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def files(raw: Path) -> list[str]:
    """What was fetched, as a refresh sees it."""
    return [name for name in list_files(raw)["file_name"] if name.startswith("fetched/")]


def answer(status: int = 200, body: bytes | str = b"", **headers: str) -> Callable:
    """An answer with these headers (`content_type` for Content-Type)."""
    data = body.encode() if isinstance(body, str) else body

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"content-length": str(len(data))} | named).items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return write


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.02)


def flood(handler: BaseHTTPRequestHandler) -> None:
    """As much as fits, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


@contextmanager
def web() -> Iterator[Web]:
    """A server in a thread, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.headers["Host"], self.path, dict(self.headers)))
            said = site.pages.get(self.path)
            try:
                if said is None:
                    answer(404, "没有")(self)
                elif callable(said):
                    said(self)
                else:
                    answer(200, said, content_type=HTML if isinstance(said, str) else "")(self)
            except OSError:
                pass  # the other side had enough

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
