"""What kind of document some bytes are: by content first, by name only where the content leaves it open.

Own rules rather than puremagic or libmagic: fifteen signatures decide here, and they must look into zip and
OLE containers for what an office program would open them as.
"""

import re

from pipeline.reading.formats.container import Container
from pipeline.reading.formats.ole import root_names
from pipeline.reading.formats.refusal import Refusal

TEXT, MARKDOWN, CSV = "text/plain", "text/markdown", "text/csv"
HTML, MHTML, PDF = "text/html", "multipart/related", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC, XLS = "application/msword", "application/vnd.ms-excel"
ODS, ODT = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("spreadsheet", "text"))
OFD, RTF, EML = "application/ofd", "application/rtf", "message/rfc822"

IMAGES = {  # what scanners and phones write
    b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"II*\0": "image/tiff", b"MM\0*": "image/tiff",
    b"BM": "image/bmp", b"GIF8": "image/gif",
}  # fmt: skip
OTHER_IMAGES = (b"RIFF", b"\0\0\x01\0")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"\x28\xb5\x2f\xfd")
PROGRAMS = (b"\x7fELF", b"MZ\x90", b"\xca\xfe\xba\xbe")
OLE_STREAMS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS))  # at the root of the container
OLE_REFUSED = (
    ("EncryptedPackage", "password"), ("PowerPoint Document", "slides"), ("MatOST", "legacy_word"),
    ("__properties_version1.0", "outlook_message"),
)  # fmt: skip
MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|article|font|center)[\s>/]", re.I
)
MIME_START = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+?content-type:\s*multipart/(?:related|mixed|alternative)", re.I
)
MAIL_START = re.compile(rb"(?:From [^\n]+\n)?[\w-]+:[ \t]", re.I)
MAIL_HEADS = re.compile(
    rb"^(?:received|from|to|date|subject|message-id|mime-version|content-type):[ \t]", re.I | re.M
)
SAVED = re.compile(rb"^(?:snapshot-)?content-location:|^from: *<?saved by", re.I | re.M)  # a web archive
NAMED = {".md": MARKDOWN, ".markdown": MARKDOWN, ".csv": CSV, ".tsv": CSV}


def media_type_of(data: bytes, file_name: str) -> str:
    """Media type of a document that can be read. Raises Refusal for the kinds that can't be."""
    head = data[:4096]
    if b"%PDF-" in data[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole_kind(data)
    if head.startswith(b"{\\rtf"):
        return RTF
    _refuse_known(data, head)
    if b"\0" in head or b"\xff" in head[:4]:
        for start, media_type in IMAGES.items():
            if head.startswith(start):
                return media_type
    markup = _ascii_view(head)
    if MIME_START.match(markup.lstrip()):
        return MHTML if SAVED.search(markup) else EML
    if MAIL_START.match(markup.lstrip()) and len(MAIL_HEADS.findall(markup)) >= 3:
        return EML
    start = markup.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        if (
            b"mso-application" in start
            or b"<w:wordDocument" in start
            or b"schemas-microsoft-com:office:spreadsheet" in start
        ):
            raise Refusal(
                "legacy_word" if b"ord" in start[:400] and b"Excel" not in start[:400] else "legacy_excel"
            )
        if MARKUP.search(markup) or MARKUP.search(_ascii_view(data[4096:65536])):
            return HTML
        if start.startswith(b"<?xml"):
            raise Refusal("xml")
    suffix = "." + file_name.lower().rpartition(".")[2]
    if (
        suffix in (".html", ".htm", ".shtml", ".xhtml")
        and len(MARKUP.findall(_ascii_view(data[:65536]))) >= 2
    ):
        return HTML
    return NAMED.get(suffix, TEXT)


def _refuse_known(data: bytes, head: bytes) -> None:
    if head.startswith(ARCHIVES) or data[257:262] == b"ustar":
        raise Refusal("archive")
    if head.startswith(PROGRAMS):
        raise Refusal("binary", found="a program")
    binary = b"\0" in head or b"\xff" in head[:4]
    if binary and (head.startswith(OTHER_IMAGES) or head[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1")):
        raise Refusal("image")


def _zip_kind(data: bytes) -> str:
    names = Container(data).names
    if "word/document.xml" in names or any(re.match(r"word/document\d*\.xml$", name) for name in names):
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        raise Refusal("legacy_excel")
    if any(name.startswith("ppt/") for name in names):
        raise Refusal("slides")
    if any(name.upper().endswith("OFD.XML") for name in names):
        return OFD
    if "content.xml" in names and "mimetype" in names:
        kind = Container(data).read("mimetype").strip().decode("ascii", "replace")
        for media_type in (ODS, ODT):
            if kind.startswith(media_type):
                return media_type
        raise Refusal("open_document")
    raise Refusal("archive")


def _ole_kind(data: bytes) -> str:
    names = {name.lower() for name in root_names(data)}

    def has(name: str) -> bool:
        return name.lower() in names if names else name.encode("utf-16-le") in data

    for name, reason in OLE_REFUSED:
        if has(name):
            raise Refusal(reason)
    for name, media_type in OLE_STREAMS:
        if has(name):
            return media_type
    raise Refusal("binary", found="a container of another office program")


def _ascii_view(head: bytes) -> bytes:
    """The head with UTF-16's zero bytes taken out, so that markup in it can be seen."""
    return (
        head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[1:4:2] == b"\0\0" else head
    )
