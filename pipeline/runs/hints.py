"""What is printed for a reader: commands as they stand where he stands, words as wide as his terminal."""

import os
import shutil
import sys
import textwrap
from pathlib import Path


def program() -> str:
    """How a shell that stands here calls this program: its name where that is found, else its path."""
    own = Path(sys.prefix) / "bin" / "minzheng"
    found = shutil.which("minzheng")
    if (found and Path(found).resolve() == own.resolve()) or not own.exists():
        return "minzheng"
    relative = os.path.relpath(own)
    return str(own) if relative.startswith("..") else relative


def fitted(text: str, width: int | None, indent: int = 0) -> str:
    """Lines of words broken between words, the following ones indented; without a width as they are.

    Lines with a path or a command stay whole, to be copied.
    """
    if not width:
        return text
    fill = textwrap.TextWrapper(
        width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    ).fill
    return "\n".join(line if "/" in line or '"' in line else fill(line) for line in text.split("\n"))
