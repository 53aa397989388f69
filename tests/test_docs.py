"""What the pages for those who carry on point to is there."""

import re

from pipeline.settings import PROJECT

LINK = re.compile(r"\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)")
PLACE = re.compile(r"`((?:pipeline|models|tests|docs)/[\w./-]+)`")


def test_links_and_places_of_the_pages_are_there():
    gone = []
    for page in [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]:
        text = page.read_text(encoding="utf-8")
        gone += [f"{page.name}: {link}" for link in LINK.findall(text) if not (page.parent / link).exists()]
        places = [place for place in PLACE.findall(text) if "NAME" not in place]
        gone += [f"{page.name}: {place}" for place in places if not (PROJECT / place).exists()]
    assert not gone
