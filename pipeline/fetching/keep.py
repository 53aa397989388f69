"""Puts what came into the raw folder: bytes as they came, under a name of their own, never over another."""

import csv
import hashlib
import io
import os
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import httpx

from pipeline.fetching.addresses import host_of
from pipeline.fetching.ledger import FOLDER
from pipeline.fetching.links import suffix_of
from pipeline.fetching.sources import Source
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.sniff import (
    CSV,
    DOC,
    DOCX,
    EML,
    HTML,
    MHTML,
    ODS,
    ODT,
    OFD,
    PDF,
    RTF,
    TEXT,
    XLS,
    XLSX,
    media_type_of,
)  # fmt: skip
from pipeline.reading.reports.given import COLUMNS, FILE_NAME, GivenError
from pipeline.vocabulary.lists import open_list

SUFFIXES = {
    HTML: ".html", MHTML: ".mht", EML: ".eml", PDF: ".pdf", DOCX: ".docx", DOC: ".doc", RTF: ".rtf",
    OFD: ".ofd", XLSX: ".xlsx", XLS: ".xls", ODS: ".ods", ODT: ".odt", CSV: ".csv", TEXT: ".txt",
}  # fmt: skip
UNSAFE = re.compile(r"[^\w.()\-]+")
LONGEST = 60  # characters of one part of a path: 180 bytes of Chinese
DEEPEST = 8


def kind_of(data: bytes, address: str) -> str | None:
    """The media type of what came, None for what can't be read (it is kept all the same)."""
    try:
        return media_type_of(data, httpx.URL(address).path)
    except Refusal:
        return None


def keep(raw: Path, address: str, data: bytes, at: datetime, again: bool) -> str:
    """Write the bytes and return the file's path below `raw`; `again` says that an older version is there.

    The same bytes under the same name (a stopped run left them) are taken as written. Raises OSError.
    """
    stem, suffix = _name(address, data)
    stamp = f"{at:%Y%m%dT%H%M%S}"
    digest = hashlib.sha256(data).hexdigest()
    first = [] if again else [f"{stem}{suffix}"]
    for name in (*first, f"{stem}~{stamp}{suffix}", f"{stem}~{stamp}-{digest[:16]}{suffix}"):
        path = raw / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if _write_new(path, data) or hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return f"{FOLDER}/{name}"
    raise FileExistsError(f"{name} is there already")


def _write_new(path: Path, data: bytes) -> bool:
    """Whole or not at all, and never over a file that is there."""
    part = path.with_name(f".{path.name[:40]}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    finally:
        part.unlink()
    return True


def _name(address: str, data: bytes) -> tuple[str, str]:
    """Folder and name for an address, and the ending by what came: `www.x.gov.cn/art/123`, `.html`."""
    url = httpx.URL(address)
    path = unquote(url.path)
    query = url.query.decode("ascii", "replace")
    kind = kind_of(data, address)
    suffix = ".html" if kind == HTML else suffix_of(address) or SUFFIXES.get(kind or "", ".bin")
    parts = [part for part in path.split("/") if part.strip(". ")] or ["index"]
    if path.endswith("/") and parts != ["index"]:
        parts.append("index")
    last = re.sub(r"\.\w{1,6}$", "", parts[-1]) or "index"
    if query:
        last = f"{last}_{unquote(query)[:40]}_{hashlib.sha256(query.encode()).hexdigest()[:8]}"
    folders = [host_of(address).replace(":", "_"), *parts[:-1]]
    if len(folders) > DEEPEST:
        folders = [*folders[:DEEPEST], hashlib.sha256("/".join(folders).encode()).hexdigest()[:8]]
    return "/".join(_safe(part) for part in (*folders, last)), suffix


def _safe(part: str) -> str:
    """A part of a path that no system takes for anything else, nor the listing for a file of its own."""
    bare = UNSAFE.sub("_", part).strip("._ ") or "_"
    if len(bare) > LONGEST:
        bare = f"{bare[:LONGEST]}_{hashlib.sha256(bare.encode()).hexdigest()[:8]}"
    return f"{bare}_" if bare.lower() in ("thumbs", "desktop", "corrections", "fetches") else bare


def tell_reports(raw: Path, file: str, address: str, source: Source) -> None:
    """Add the line of a kept file to `raw/reports.csv`: its address, and what the source says of it.

    The lines that are there stay as they are; a header that lacks a column gets it. Raises GivenError for a
    list that can't be read.
    """
    path = raw / FILE_NAME
    line = {
        "file": file,
        "region": source.region or "",
        "genre": source.genre or "",
        "url": address,
        "licence": source.licence or "",
    }
    data, text = b"", ""
    if path.is_file():
        data = path.read_bytes()
        with open_list(path, GivenError) as lines:
            text = lines.read()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header = rows[0] if rows else list(COLUMNS)
    if any(row and row[header.index("file")] == file for row in rows[1:] if len(row) > header.index("file")):
        return
    wanted = [name for name, value in line.items() if value and name not in header]
    end = "\r\n" if b"\r\n" in data else "\n"
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    if wanted or not rows:
        header = [*header, *wanted]
        writer.writerow(header)
        writer.writerows([*row, *[""] * (len(header) - len(row))] for row in rows[1:] if row)
    else:
        out.write(text if text.endswith("\n") else text + end)
    writer.writerow([line.get(name, "") for name in header])
    plain = not data or data == text.encode()
    mark = "utf-8" if plain else "utf-8-sig"  # with a mark, so that Excel reads again what it wrote as GBK
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(out.getvalue().encode(mark))
    os.replace(part, path)
