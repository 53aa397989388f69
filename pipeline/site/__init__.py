"""The report browser: a folder of static pages made from the published file, to be opened from disk.

Belongs here: queries on the published file, the pages' templates, styles and scripts (one of each a purpose),
and charts. Does not belong here: anything that computes a figure. What a page shows stands in a table of the
published file.
"""

from pathlib import Path

MOST_REPORTS = 2_000  # at 22 ms a page; a larger site is made when asked for: `minzheng site`


def build_site(published: Path, to: Path) -> dict[str, object]:
    """See `pipeline.site.build.build_site`; here so that the charting library is loaded at the call only."""
    from pipeline.site.build import build_site as build

    return build(published, to)
