"""What the tests need of the machine itself: a Chromium, fonts with Cyrillic, PostgreSQL, a look at printed pages.

Run as a script (before anything is installed: standard library only) it prints the Debian packages that are missing.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

OLDEST_POSTGRESQL = 15


def main() -> None:
    """Print the Debian packages that would supply what is missing, on one line."""
    supply = {
        "chromium": chromium(),
        "fonts-dejavu-core": cyrillic_font(),
        "postgresql": postgresql_bin(),
        "poppler-utils": shutil.which("pdftoppm"),
    }
    print(*[package for package, found in supply.items() if not found])


def chromium() -> str | None:
    """Path of the system's Chromium; `COMEBACK_CHROMIUM` wins."""
    names = [os.environ.get("COMEBACK_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def cyrillic_font() -> str | None:
    """Path of a Noto or DejaVu sans font: without one, pages in Russian come out as boxes."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    fonts = (path for folder in folders for path in folder.rglob("*Sans*.[to]t[fc]"))
    return next((str(path) for path in fonts if re.match("(DejaVu|Noto)Sans", path.name)), None)


def postgresql_bin() -> Path | None:
    """Folder with `initdb` and `postgres` of a new enough PostgreSQL; `COMEBACK_PG_BIN` wins, then the newest one."""
    given = os.environ.get("COMEBACK_PG_BIN")
    on_path = shutil.which("postgres")
    folders = (
        [Path(given)] if given else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=postgresql_version)[::-1]
    )
    folders += [Path(on_path).parent] if on_path else []
    return next((folder for folder in folders if postgresql_version(folder) >= OLDEST_POSTGRESQL), None)


def postgresql_version(folder: Path) -> int:
    """Major version of the server in this folder, 0 where there is none."""
    server = folder / "postgres"
    if not (server.exists() and (folder / "initdb").exists()):
        return 0
    said = subprocess.run([server, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)[.\w]* *(\(|$)", said.strip())
    return int(found[1]) if found else 0


if __name__ == "__main__":
    main()
