"""What is printed for a reader: commands as they stand where he stands, words as wide as his terminal."""

import json
import os
import shlex
import shutil
import sys
import textwrap
from importlib import metadata
from pathlib import Path

from pipeline.settings import project_settings


def program() -> str:
    """How a shell that stands here calls this program: its name where that is found, else its path."""
    if any(part.startswith("archive-v") for part in Path(sys.prefix).parts) and "UV" in os.environ:
        return _through_uvx()  # whose environment lies in its cache and is on nobody's PATH
    own = Path(sys.prefix) / "bin" / "minzheng"
    found = shutil.which("minzheng")
    if (found and Path(found).resolve() == own.resolve()) or not own.exists():
        return "minzheng"
    relative = os.path.relpath(own)
    return str(own) if relative.startswith("..") else relative


def named(warehouse: Path | None) -> str:
    """The option that names this file in a command to copy; empty where the file is the usual one."""
    return f" --warehouse {shlex.quote(str(warehouse))}" if warehouse else ""


def ui_of(warehouse: Path) -> str:
    """The command that opens the UI on the history of this published file."""
    other = warehouse != project_settings(env={}).warehouse
    return f"{f'MINZHENG_WAREHOUSE={shlex.quote(str(warehouse))} ' if other else ''}{program()} ui"


def _through_uvx() -> str:
    # what a build has left in the folder is another distribution of that name, without an address
    found = (each.read_text("direct_url.json") for each in metadata.distributions(name="minzheng"))
    told = json.loads(next(filter(None, found), "{}"))
    source = str(told.get("url", "")).removeprefix("file://")
    return f"uvx --from {shlex.quote(source)} minzheng" if source else "uvx minzheng"


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
