"""Zip containers (.docx, .xlsx and what looks like them), opened without trusting what they say.

A member is unpacked only up to a limit on its ratio to the packed bytes and on the sum of all members; what a
header promises is not believed, the bytes are counted as they come.
"""

import io
import zipfile
import zlib

from lxml import etree

from pipeline.reading.formats.refusal import Refusal

MAX_MEMBERS = 5_000
MAX_UNPACKED = 100 * 2**20  # bytes, all the members that are read together
MAX_RATIO = 300  # unpacked to packed, for members over a megabyte; office XML reaches some 50
CHUNK = 2**20


class Container:
    """A zip file in memory whose members are read within bounds."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise Refusal("damaged", found=f"zip container: {error}") from None
        if len(members) > MAX_MEMBERS:
            raise Refusal("bomb", found=f"{len(members)} members")
        self.names = frozenset(member.filename for member in members)
        self._left = MAX_UNPACKED

    def read(self, name: str) -> bytes:
        """The bytes of the member `name`. Raises KeyError for no such name, or Refusal."""
        member = self._zip.getinfo(name)
        if member.flag_bits & 1:
            raise Refusal("password")
        parts, size = [], 0
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    self._left -= len(chunk)
                    if self._left < 0 or (size > CHUNK and size > MAX_RATIO * max(member.compress_size, 1)):
                        raise Refusal("bomb", found=f"{name} unpacks to over {size / 1e6:.0f} MB")
                    parts.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Refusal("damaged", found=f"{name}: {error}") from None
        return b"".join(parts)

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML member: no entities, no DTD, nothing loaded from elsewhere."""
        return parse_xml(self.read(name), name)

    def related(self, part: str) -> dict[str, str]:
        """Names of the members that `part` points to, by relation id; links out of the file are left out."""
        folder, _, file = part.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels".lstrip("/")
        if rels not in self.names:
            return {}
        targets = {}
        for relation in self.xml(rels):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                joined = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                targets[relation.get("Id", "")] = _resolved(joined)
        return targets


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse XML that may be hostile. Raises Refusal where it is not well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("damaged", found=f"{name}: {str(error)[:200]}") from None


def _resolved(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
