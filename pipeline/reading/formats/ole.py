"""What stands at the root of an OLE container (.doc, .xls, .ppt, .msg and what is older than zip).

Own reading of its directory, eighty lines, rather than olefile 0.47: only names at the root are asked
for. They must be those at the root: a workbook can hold a Word document as an object, and a message its
attachments.
"""

import struct

ENTRY = 128  # bytes of a directory entry
NONE = 0xFFFFFFFA  # and above: no sector, no entry
MAX_ENTRIES = 20_000


def root_names(data: bytes) -> frozenset[str]:
    """Names of the streams and storages at the root; none where the directory cannot be followed."""
    try:
        entries = _directory(data)
    except (struct.error, IndexError, ValueError):
        return frozenset()
    if not entries:
        return frozenset()
    names, seen, ahead = set(), set(), [_link(entries[0], 76)]
    while ahead:
        number = ahead.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        entry = entries[number]
        names.add(
            entry[: max(0, min(64, int.from_bytes(entry[64:66], "little")) - 2)].decode(
                "utf-16-le", "replace"
            )
        )
        ahead += [_link(entry, 68), _link(entry, 72)]
    return frozenset(names)


def without_class(data: bytes) -> bytes:
    """The container without a class id in its header: WPS writes one, which a strict reader refuses."""
    return data[:8] + bytes(16) + data[24:]


def _directory(data: bytes) -> list[bytes]:
    """The entries of the directory, the root first."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)
    table = _table(data, size)
    sector, seen = struct.unpack_from("<I", data, 48)[0], set()
    out: list[bytes] = []
    while sector < NONE and sector not in seen and len(out) < MAX_ENTRIES:
        seen.add(sector)
        part = _sector(data, sector, size)
        out += [part[at : at + ENTRY] for at in range(0, len(part) - ENTRY + 1, ENTRY)]
        sector = table[sector]
    return out


def _table(data: bytes, size: int) -> list[int]:
    """The file allocation table: the sector behind each sector."""
    places = list(struct.unpack_from("<109I", data, 76))
    more, seen = struct.unpack_from("<I", data, 68)[0], set()
    while more < NONE and more not in seen:
        seen.add(more)
        *further, more = struct.unpack(f"<{size // 4}I", _sector(data, more, size))
        places += further
    table: list[int] = []
    for place in places:
        if place < NONE:
            table += struct.unpack(f"<{size // 4}I", _sector(data, place, size))
    return table


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _link(entry: bytes, at: int) -> int:
    return int.from_bytes(entry[at : at + 4], "little")
