"""A file server at the end of an emulated line: 40 ms there and back, 10 Mbit a second for all connections together.

It compresses as hosts do. The line is emulated here, not in the browser, which leaves its workers out.
"""

import gzip
import mimetypes
import time
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from types import SimpleNamespace

LATENCY = 0.04
BYTES_A_SECOND = 1.25e6
PIECE = 8192
ALREADY_COMPRESSED = {".whl", ".zip", ".gz", ".png"}


@cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


class Line:
    """Time at which the line has sent all that it was given so far."""

    def __init__(self):
        self.lock, self.free = Lock(), 0.0

    def send(self, size, ready):
        """Waits until what was ready at a time is sent, and tells when it was: waking up later leaves no gap."""
        with self.lock:
            self.free = until = max(self.free, ready) + size / BYTES_A_SECOND
        time.sleep(max(0, until - time.perf_counter()))
        return until


def handler(root, line, sent):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self):
            super().setup()
            time.sleep(LATENCY)  # the handshake

        def do_GET(self):
            time.sleep(LATENCY)
            path = root / self.path.partition("?")[0].lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            plain = path.suffix in ALREADY_COMPRESSED
            body = (path.read_bytes() if plain else compressed(path)) if path.is_file() else b""
            self.send_response(200 if path.is_file() else 404)
            self.send_header("Content-Type", mimetypes.guess_type(path)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages
            if body and not plain:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            sent.append((self.path, len(body) + 300))
            ready = time.perf_counter()
            for start in range(0, len(body), PIECE):
                piece = body[start : start + PIECE]
                ready = line.send(len(piece), ready)
                self.wfile.write(piece)

        def log_message(self, *_):
            pass

    return Handler


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # browsers hang up


@contextmanager
def serve(root: Path):
    """`url`, and `sent`: path and bytes of each answer."""
    sent: list[tuple[str, int]] = []
    server = Server(("127.0.0.1", 0), handler(root, Line(), sent))
    Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}", sent=sent)
    server.shutdown()
