"""Is the port free? Standard library only: asked before anything is installed."""

import os
import socket
import sys


def taken(port: int, host: str = "127.0.0.1") -> str | None:
    """What to tell the operator when nobody can listen on this port, else None."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except PermissionError:
            return f"Port {port} may not be used by this user. Take one above 1023: PORT=8000 bin/run"
        except OverflowError:
            return f"{port} is no port: 1 to 65535."
        except OSError:
            return (
                f"Port {port} on {host} is taken: another program listens there, perhaps Comeback itself.\n"
                f"Stop that one, or take another port: PORT={port + 1} bin/run"
            )
    return None


def main() -> int:
    """Exit 1 and say so when `PORT` (8000) is taken."""
    wanted = os.environ.get("PORT") or "8000"
    complaint = taken(int(wanted)) if wanted.isdecimal() else f"PORT={wanted} is no port: 1 to 65535."
    if complaint:
        print(complaint, file=sys.stderr)
    return 1 if complaint else 0


if __name__ == "__main__":
    sys.exit(main())
