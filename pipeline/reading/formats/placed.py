"""Characters with places on a page, in any order → in reading order, a line end after each line."""

from collections.abc import Iterator

from pipeline.reading.formats.pdflayout import Char

SPACE = 0.3  # of the height: a gap that may be a blank
OVERLAP = 0.5  # of the height of the lower: characters that share so much of it stand on one line


def in_lines(chars: list[Char]) -> Iterator[Char]:
    """The characters from top to bottom and left to right; blanks and line ends between them are made up."""
    rows: list[tuple[float, float, list[Char]]] = []
    for char in sorted(chars, key=lambda char: -(char.bottom + char.top)):
        if rows:
            bottom, top, row = rows[-1]
            shared = min(top, char.top) - max(bottom, char.bottom)
            if shared > OVERLAP * min(top - bottom, char.top - char.bottom):
                row.append(char)
                rows[-1] = min(bottom, char.bottom), max(top, char.top), row
                continue
        rows.append((char.bottom, char.top, [char]))
    for _, _, row in rows:
        previous: Char | None = None
        for char in sorted(row, key=lambda char: char.left):
            if previous is not None:
                height = max(char.top - char.bottom, previous.top - previous.bottom)
                if char.left - previous.right > SPACE * height:
                    yield Char(" ", previous.right, char.bottom, char.left, char.top, True)
            yield char
            previous = char
        if previous is not None:
            yield Char("\n", previous.right, previous.bottom, previous.right, previous.top, True)
