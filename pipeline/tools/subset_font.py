"""Make the font that charts are drawn with: Noto Sans SC, cut down to what labels need.

Belongs here: the one-off script and nothing that runs in the pipeline. Labels hold names of regions and
indicators and our own words, so the set is GB/T 2312 (6,763 ideographs), printable ASCII and every character
of the tables given. The family is renamed, so that a machine's own Noto never stands in for it.

    uv run --with fonttools --with pylopdf-fonts-zh-cn python pipeline/tools/subset_font.py TABLE.csv ...
"""

import sys
from importlib.resources import files
from pathlib import Path

FAMILY = "Minzheng Sans"
TARGET = Path(__file__).parents[1] / "fonts" / "minzheng-sans.otf"


def national_standard() -> set[str]:
    """Every character of GB/T 2312."""
    rows, cells = range(0xA1, 0xF8), range(0xA1, 0xFF)
    pairs = (bytes([row, cell]) for row in rows for cell in cells)
    return set("".join(pair.decode("gb2312", errors="ignore") for pair in pairs))


def main(tables: list[str]) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    wanted = national_standard() | set(map(chr, range(0x20, 0x7F))) | set("–—·×²³‰≥≤≈")
    for table in tables:
        wanted |= set(Path(table).read_text(encoding="utf-8"))
    font = TTFont(str(files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"))
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(char) for char in wanted if char.isprintable()])
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = FAMILY
        if record.nameID == 6:
            record.string = FAMILY.replace(" ", "") + "-Regular"
    font["CFF "].cff.fontNames = [FAMILY.replace(" ", "") + "-Regular"]
    font.save(TARGET)
    print(f"{TARGET.name}: {len(font.getGlyphOrder())} glyphs, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
