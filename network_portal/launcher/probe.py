"""Asks a running portal how it is; also the health check of the container."""

import http.client

from network_portal import environment as env
from network_portal.launcher.place import Address


def status(address: Address, path: str, timeout: float = 2.0) -> int:
    """HTTP status, or 0 when nothing answers."""
    allowed = env.words("ALLOWED_HOSTS", ["127.0.0.1"])[0].lstrip(".")
    name = "127.0.0.1" if allowed == "*" else allowed
    connection = http.client.HTTPConnection(address.reachable_host, address.port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": name})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def main(path: str) -> int:
    """Exit code 0 when the portal answers 200."""
    return 0 if status(Address.from_environment(), path) == 200 else 1
