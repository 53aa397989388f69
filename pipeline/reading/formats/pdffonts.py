"""Which fonts stand in for those that a PDF names and does not carry: ours alone, not those of the machine.

PDFium drops or misplaces characters for which it finds no font (without a Chinese font on the machine, lines
that are turned lose all but their digits), and measures them by whichever font it finds: a file would be read
one way here and another way on a server. Characters that our font lacks get the box of its empty glyph.
"""

from __future__ import annotations

from ctypes import POINTER, c_char, c_char_p, cast
from pathlib import Path

import pypdfium2.raw as raw

FONTS = Path(__file__).parents[2] / "fonts"


def use_own_fonts() -> None:
    """Have PDFium, which starts when it is imported, start anew with our fonts; no document may be open."""
    folders = (c_char_p * 2)(str(FONTS).encode(), None)
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(
        raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=cast(folders, POINTER(POINTER(c_char))))
    )
