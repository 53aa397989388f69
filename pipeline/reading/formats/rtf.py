"""Rich text (.rtf): paragraphs and tables as the reader of the page sees them.

Own reading rather than striprtf 0.0.35 or rtfparse: striprtf puts deleted and hidden text into the text
(低保1100户 changed to 1999户 gives 11001999户) and loses the columns of merged cells; rtfparse gives no
text of tables.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.tables import listed, squeezed, table_lines

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
CHARSETS = {
    128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 77: "mac_roman", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
CODEPAGES = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8", 54936: "gb18030"}
SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "tab": " ", "emspace": " ", "enspace": " ", "line": "\n",
}  # fmt: skip
# Groups that hold no text of the page; those with \* in front hold none either unless they are named here.
NO_TEXT = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "fldinst", "header", "headerl", "headerr",
    "headerf", "footer", "footerl", "footerr", "footerf", "annotation", "atnid", "atnauthor", "object",
    "filetbl", "revtbl", "listtable", "listoverridetable", "pn", "ftnsep", "ftnsepc", "ftncn", "aftnsep",
    "aftnsepc", "aftncn", "nonesttables", "tc", "xe", "bkmkstart", "bkmkend", "themedata", "shprslt",
    "nonshppict",
))  # fmt: skip
STARRED_TEXT = frozenset(("shpinst", "shptxt", "footnote"))
NEAR = 40  # twentieths of a point: edges of cells closer than this are one


@dataclass(slots=True)
class _State:
    """What a group changes and gives back at its end."""

    codec: str
    skip: bool = False
    hidden: bool = False
    fonts: bool = False  # in the table of fonts
    label: bool = False  # an automatic number
    after: int = 1  # characters that stand for one \\u where a reader doesn't know it
    aside: list[str] | None = None  # where text goes that stands elsewhere on the page


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    edges: list[list[int]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The rows as lines, every cell in the column where its left edge stands."""
        lefts = [0, *sorted({edge for row in self.edges for edge in row})]
        columns = [edge for edge, before in zip(lefts[1:], lefts, strict=False) if edge - before > NEAR]
        out = []
        for cells, edges in zip(self.rows, self.edges, strict=True):
            row, at = [""] * max(len(columns), len(cells)), 0
            for i, cell in enumerate(cells):
                row[min(at, len(row) - 1)] += listed(cell.split("\n"))
                right = edges[i] if i < len(edges) else 0
                at = max(at + 1, bisect_right(columns, right + NEAR))
            out.append(row)
        return table_lines(out)


class _Reader:
    def __init__(self, codec: str) -> None:
        self.codec, self.default = codec, codec
        self.lines: list[str] = []
        self.text: list[str] = []  # of the paragraph
        self.bytes = bytearray()
        self.cells: list[str] = []
        self.rights: list[int] = []
        self.table = _Table()
        self.in_table = False
        self.notes: list[list[str]] = []
        self.charsets: dict[int, str] = {}
        self.font = 0
        self.stack: list[_State] = []
        self.state = _State(codec)
        self.drop = 0  # characters that stand for a \\u before them
        self.high = 0

    def read(self, data: bytes) -> str:
        starred = opened = False
        at = 0
        while found := TOKEN.match(data, at):
            word, number, byte, symbol, brace, plain = found.groups()
            at = found.end()
            if brace == b"{":
                self._flush()
                self.stack.append(replace(self.state))
                opened, starred = True, False
                continue
            if brace == b"}":
                self._flush()
                if not self.stack:
                    break  # the end; what follows is no text
                self.state = self.stack.pop()
            elif word:
                name, value = word.decode(), int(number) if number else None
                if opened and (name in NO_TEXT or (starred and name not in STARRED_TEXT)):
                    self.state.skip = True
                    self.state.fonts = name == "fonttbl"
                elif opened and name in ("shptxt", "footnote"):
                    self.state.skip, self.state.aside = False, []
                    self.notes.append(self.state.aside)
                elif name == "bin":
                    at += max(value or 0, 0)
                else:
                    self._word(name, value)
            elif symbol == b"*":
                starred = True
                continue
            elif byte:
                self._byte(int(byte, 16))
            elif symbol:
                self._put(
                    {b"~": " ", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n"}.get(
                        symbol, symbol.decode("latin-1")
                    )
                )
            elif plain:
                for value in plain:
                    self._byte(value)
            opened = starred = False
        self._flush()
        self._paragraph()
        self._end_table()
        aside = [line for note in self.notes for line in map(squeezed, "".join(note).split("\n")) if line]
        return "\n".join([*self.lines, *aside]) + "\n"

    def _word(self, name: str, value: int | None) -> None:
        state = self.state
        if name == "u" and value is not None:
            self._flush()
            self._unicode(value % 65536)
            self.drop = state.after
            return
        self._flush()
        if name == "uc" and value is not None:
            state.after = min(value, 9)
        elif name == "f" and value is not None:
            self.font = value
            state.codec = self.charsets.get(value, self.default)
        elif name == "fcharset" and state.fonts and value in CHARSETS:
            self.charsets[self.font] = CHARSETS[value]
        elif name == "plain":
            state.hidden = False
        elif name in ("v", "deleted"):
            state.hidden = value != 0
        elif state.skip:
            return
        elif name in ("listtext", "pntext"):
            state.label = True
        elif name in SIGNS:
            self._put("" if state.label and name == "tab" else SIGNS[name])
        elif name in ("par", "sect", "page", "cell", "row", "nestcell", "nestrow"):
            self._mark(name)
        elif name == "pard":
            self.in_table = False
        elif name == "intbl":
            self.in_table = True
        elif name == "trowd":
            self.rights = []
        elif name == "cellx" and value is not None and len(self.rights) < 200:
            self.rights.append(value)

    def _mark(self, name: str) -> None:
        if self.state.aside is not None:
            self.state.aside.append("\n")
        elif name == "cell":
            self.cells.append(squeezed("".join(self.text)))
            self.text = []
        elif name == "row":
            self.table.rows.append(self.cells)
            self.table.edges.append(list(self.rights))
            self.cells = []
        elif name in ("nestcell", "nestrow") or (name == "par" and (self.in_table or self.cells)):
            self.text.append(" ")
        else:
            self._paragraph()
            if name == "page":
                self.lines.append("\f")

    def _paragraph(self) -> None:
        self._end_table()
        self.lines += [line for line in map(squeezed, "".join(self.text).split("\n")) if line]
        self.text = []

    def _end_table(self) -> None:
        if self.cells:
            self.table.rows.append(self.cells)
            self.table.edges.append(list(self.rights))
            self.cells = []
        if self.table.rows:
            self.lines += self.table.lines()
            self.table = _Table()

    def _byte(self, value: int) -> None:
        if self.drop:
            self.drop -= 1
        else:
            self.bytes.append(value)

    def _unicode(self, code: int) -> None:
        if 0xD800 <= code < 0xDC00:
            self.high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00) if self.high else 0xFFFD
        self.high = 0
        self._put(chr(code))

    def _flush(self) -> None:
        if self.bytes:
            self._put(bytes(self.bytes).decode(self.state.codec, "replace"))
            self.bytes.clear()
        self.drop = 0

    def _put(self, text: str) -> None:
        if not (self.state.skip or self.state.hidden):
            (self.text if self.state.aside is None else self.state.aside).append(text)


def rtf_text(data: bytes) -> tuple[str, str | None]:
    """(text, notes): a line a paragraph or table row. Footnotes and text boxes stand at the end."""
    page = re.search(rb"\\ansicpg(\d{1,5})", data[:2000])
    reader = _Reader(CODEPAGES.get(int(page[1]), f"cp{int(page[1])}") if page else "gb18030")
    try:
        text = reader.read(data)
    except LookupError:
        raise Refusal("undecodable", found=f"its code page {page[1].decode() if page else ''}") from None
    return text, "the document is cut short" if reader.stack else None
