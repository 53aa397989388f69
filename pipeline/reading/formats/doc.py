"""Old Word and WPS documents (.doc, .wps, from Word 97 on): turned into a .docx and read as one.

msdoc2docx 0.36 (MIT, pure Python, alive, nothing below it): of 196 real files its text is that of
LibreOffice in all but a few words, automatic numbers, merged cells and deleted text included. Not
antiword (breaks lines inside numbers and cells inside words), office_oxide (text of other objects, 一、
becomes 1.), unword, legacy-doc (no tables), nor soffice (a program of its own, 300 MB, that would need
more than the bounds of the worker; refusals name it).
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from doc2docx import convert
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

from pipeline.reading.formats.docx import docx_text
from pipeline.reading.formats.ole import without_class
from pipeline.reading.formats.refusal import Refusal

MAX_WRITTEN = 128 * 2**20  # bytes; pictures go into the .docx, too
OLDER = "wIdent"  # what the converter says of Word 6 and 95


def doc_text(data: bytes) -> str:
    """The text of a .doc as `docx_text` gives it. Raises Refusal. Writes into the temporary folder."""
    with _may_write(MAX_WRITTEN), TemporaryDirectory() as folder:
        source, target = Path(folder, "a.doc"), Path(folder, "a.docx")
        source.write_bytes(without_class(data))
        try:
            convert(source, target)
        except EncryptedDocumentError:
            raise Refusal("password") from None
        except Doc2DocxError as error:
            if OLDER in str(error):
                raise Refusal("legacy_word") from None
            raise Refusal("damaged", found=str(error)[:100]) from None
        return docx_text(target.read_bytes())


@contextmanager
def _may_write(size: int) -> Iterator[None]:
    """Lift the bound on what this process may write, which is none in the worker."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if soft == resource.RLIM_INFINITY:
        yield
        return
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard)
    )
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
