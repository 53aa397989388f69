"""What the pages for those who carry on point to is there."""

import re
from collections import Counter

from pipeline.settings import PROJECT
from pipeline.tools.tour_pictures import PICTURES

LINK = re.compile(r"\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)")
SIZE = re.compile(r"^\| (`[a-z/]+`|loose files) \| ([0-9,]+) \|$", re.MULTILINE)
PLACE = re.compile(r"`((?:pipeline|models|tests|docs)/[\w./-]+)`")


def test_every_picture_of_the_tour_is_one_that_the_script_takes():
    shown = re.findall(r"!\[(.+?)\]\(tour/(\w+)\.webp\)", (PROJECT / "docs" / "tour.md").read_text("utf-8"))
    taken = {picture[0] for picture in PICTURES}
    assert {name for _, name in shown} == taken and all(words for words, _ in shown)
    files = {path.stem: path.stat().st_size for path in (PROJECT / "docs" / "tour").iterdir()}
    assert set(files) == taken and max(files.values()) < 120_000


def test_the_rooms_are_as_large_as_the_architecture_says():
    lines: Counter[str] = Counter()
    for path in (PROJECT / "pipeline").rglob("*.py"):
        room, *inside = path.relative_to(PROJECT / "pipeline").parts
        if not inside:
            room = "loose files"
        elif room in ("reading", "extraction") and len(inside) > 1:
            room = f"{room}/{inside[0]}"
        lines[room] += len(path.read_text(encoding="utf-8").splitlines())
    page = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = {room.strip("`"): int(size.replace(",", "")) for room, size in SIZE.findall(page)}
    (total,) = re.findall(r"^([0-9,]+) lines of Python", page, re.MULTILINE)
    told["all"], lines["all"] = int(total.replace(",", "")), lines.total()
    lines.pop("reading")  # a docstring
    assert {room: size for room, size in lines.items() if abs(told.get(room, 0) - size) > size / 4} == {}
    assert told.keys() == lines.keys()


def test_links_and_places_of_the_pages_are_there():
    gone = []
    for page in [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]:
        text = page.read_text(encoding="utf-8")
        gone += [f"{page.name}: {link}" for link in LINK.findall(text) if not (page.parent / link).exists()]
        places = [place for place in PLACE.findall(text) if "NAME" not in place]
        gone += [f"{page.name}: {place}" for place in places if not (PROJECT / place).exists()]
    assert not gone
