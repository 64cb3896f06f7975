#!/usr/bin/env python3
"""Heartbeat of a browser: exit 0 when its page answers and is ours, 1 with the reason when not.

heartbeat.py PROFILE_FOLDER    needs nothing but Python 3; the browser runs with --remote-debugging-port=0
"""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE_S = 5.0
# What the page's own thread says: a page that hangs says nothing, a page of the browser's own is no page of ours.
QUESTION = "location.protocol + ' ' + document.readyState"


class NoHeartbeatError(Exception):
    """Why the browser counts as dead."""


def main(home: Path) -> int:
    """0 alive, 1 not."""
    try:
        said = asked(page_of(port_of(home)), QUESTION)
        if not said.startswith("http"):
            raise NoHeartbeatError(f"the page is the browser's own: {said}")
    except (NoHeartbeatError, OSError, ValueError, KeyError) as error:
        print(f"no heartbeat: {error}", file=sys.stderr)
        return 1
    return 0


def port_of(home: Path) -> int:
    """The port the browser wrote down when it was ready."""
    try:
        return int((home / "DevToolsActivePort").read_text("ascii").split()[0])
    except (FileNotFoundError, IndexError) as error:
        raise NoHeartbeatError("the browser has not started yet") from error


def page_of(port: int) -> str:
    """WebSocket address of the first page."""
    # A proxy of the machine has nothing to do with the browser beside us.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/json/list", timeout=PATIENCE_S) as answer:
        targets = json.load(answer)
    found = [target["webSocketDebuggerUrl"] for target in targets if target.get("type") == "page"]
    if not found:
        raise NoHeartbeatError("no page is open")
    return str(found[0])


def asked(address: str, expression: str) -> str:
    """What an expression is in the page."""
    parts = urlsplit(address)
    with socket.create_connection((str(parts.hostname), parts.port or 80), PATIENCE_S) as line:
        key = base64.b64encode(os.urandom(16)).decode()
        line.sendall(
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        stream = line.makefile("rb")
        if b" 101 " not in stream.readline():
            raise NoHeartbeatError("the page takes no questions")
        while stream.readline() not in (b"\r\n", b""):
            pass
        question = {"id": 1, "method": "Runtime.evaluate", "params": {"expression": expression}}
        line.sendall(_frame(json.dumps(question).encode()))
        while True:
            answer = json.loads(_read(stream))
            if answer.get("id") == 1:
                return str(answer["result"]["result"]["value"])


def _frame(payload: bytes) -> bytes:
    """One masked text frame; questions are short."""
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    length = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + struct.pack(">H", len(payload))
    return b"\x81" + length + mask + masked


def _read(stream) -> bytes:  # type: ignore[no-untyped-def]
    """The payload of the next frame."""
    head = stream.read(2)
    if len(head) < 2:
        raise NoHeartbeatError("the page hung up")
    length = head[1] & 0x7F
    if length >= 126:
        size = 2 if length == 126 else 8
        length = int.from_bytes(stream.read(size), "big")
    return bytes(stream.read(length))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: heartbeat.py PROFILE_FOLDER", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1])))
