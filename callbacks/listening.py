"""Whether the web server can listen where the settings say, asked before anything long is done."""

from __future__ import annotations

import socket

from data.errors import SettingError


def require_free(host: str, port: int) -> None:
    """Raises SettingError naming HOST or PORT when that address cannot be listened on now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise SettingError("HOST", host, f"no address of this machine ({error.strerror})") from error
    for family, kind, protocol, _, address in found:
        with socket.socket(family, kind, protocol) as probe:
            # As the server itself does: a port that waits for the packets of a finished server is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                raise SettingError("PORT", port, f"cannot listen on {host} ({error.strerror})") from error
