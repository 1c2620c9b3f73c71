"""Printed sheets: a Typst layout of `desk/typst`, words and figures handed in as data, a PDF out.

The layouts hold no words: what is printed comes translated and formatted from the room's `prints.py`. What people typed
reaches the page as data, never as markup. Only the fonts that lie in `desk/fonts` are used, and they are embedded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
LAYOUTS = HERE / "typst"
FONTS = HERE / "fonts"


def typeset(layout: str, content: Mapping[str, Any], *, language: str, at: datetime) -> bytes:
    """The sheet as PDF; the same content and moment give the same bytes.

    layout: name of a file in `desk/typst`; content: plain data (texts, numbers, lists, dicts); language: of the words,
    for hyphenation and screen readers; at: the document's own moment, never the clock.
    """
    return typst.compile(
        str(LAYOUTS / f"{layout}.typ"),
        root=str(LAYOUTS),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False), "language": language[:2]},
        timestamp=int(at.timestamp()),
    )


def fingerprint(pdf: bytes) -> str:
    """SHA-256 of a print, as it is kept with the file."""
    return hashlib.sha256(pdf).hexdigest()
