"""Commands that are printed for a reader to run: as they stand, where he stands."""

import os
import shutil
import sys
from pathlib import Path


def program() -> str:
    """How a shell that stands here calls this program: its name where that is found, else its path."""
    own = Path(sys.prefix) / "bin" / "minzheng"
    found = shutil.which("minzheng")
    if (found and Path(found).resolve() == own.resolve()) or not own.exists():
        return "minzheng"
    relative = os.path.relpath(own)
    return str(own) if relative.startswith("..") else relative
