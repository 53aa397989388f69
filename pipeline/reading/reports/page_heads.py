"""What the lines around a title say of the report: its number, offices, dates and the page that it stands on.

Index fields with a label are read in `layout.headers`; what is no field is read here: red heads, offices
and dates on lines of their own, datelines of newspapers, the path of a page and its owner.
"""

from functools import reduce

import polars as pl

from pipeline.reading.layout.compute import passing
from pipeline.reading.layout.dates import date_in
from pipeline.reading.layout.headers import document_number
from pipeline.vocabulary import pattern

REPORT = ["document_id", "ordinal"]
FIRST_WORDS = 60  # characters of running text before which notes stand
SHORT_LINE = 40  # characters of a line that names who speaks
LONGEST_STAMP = 120  # characters of a line that stamps a page
BEGINNING = 3  # lines of a head in one of which a title may run into the text
STEPS = r"[>»›]"


def head_marks(head: pl.DataFrame, begun: tuple[str, ...]) -> pl.DataFrame:
    """What the lines around the title say, one row a report: begun_title (a title that runs into the first
    sentence, by one of the patterns `begun`), head_no, head_office, red_head, stamped_on, head_date,
    spoken_on, noted_on, crumb_office, path_lines (of the page's path and the like).

    Takes the lines of the heads with `REPORT`, text and read (running text of the report in front of them).
    """
    text = pl.col("text")
    first = head.group_by(REPORT, maintain_order=True).agg(text.head(BEGINNING))
    first = first.explode("text").group_by(REPORT, maintain_order=True).agg(_begun_title(begun))
    number = text.str.extract(
        rf"((?:^|\s{{2,}}){pattern('document_number')}(?:$|\s|-|—|:)|\({pattern('document_number')}(?:\)$|[\s,、;]))",
        1,
    )
    # Few lines say any of it: each pattern is put to those that got past a plainer one.
    spoken = passing(head, text.str.len_chars() < 60, text.str.contains(pattern("spoken_on")))
    paths = passing(head, text.str.len_chars() <= LONGEST_STAMP, text.str.contains(pattern("page_path")))
    crumbs = passing(paths, text.str.contains(pattern("civil_affairs"), literal=True))
    red = passing(head, text.str.ends_with(pattern("paper_of_office")))
    marks = (
        _told(passing(head, text.str.contains("号", literal=True)), "head_no", document_number(number)),
        _told(_offices(head), "head_office", pl.col("head_office")),
        _told(red, "red_head", text.str.extract(pattern("red_head"), 1)),
        _told(_stamped(head), "stamped_on", date_in(_stamp())),
        _told(_dated(head), "head_date", date_in(text)),
        _told(spoken, "spoken_on", date_in(text)),
        _told(_noted(head), "noted_on", date_in(text)),
        paths.group_by(REPORT, maintain_order=True).agg(
            path_lines=text.str.head(LONGEST_STAMP).str.join("\n")
        ),
        _told(crumbs, "crumb_office", text.str.extract(pattern("page_crumb"), 1)),
    )
    return reduce(
        lambda one, more: one.join(more, on=REPORT, how="left", maintain_order="left"), marks, first
    )


def _begun_title(begun: tuple[str, ...]) -> pl.Expr:
    """The title that runs into the text: begun_title."""
    titles = (pl.col("text").str.extract(one, 1) for one in begun)
    titles = (pl.when(~title.str.contains(pattern("begins_sentence"))).then(title) for title in titles)
    return pl.coalesce(titles).str.strip_chars().drop_nulls().first().alias("begun_title")


def _offices(head: pl.DataFrame) -> pl.DataFrame:
    """Lines that name an office or whose head speaks, of several offices the one first that is in charge:
    head_office."""
    text = pl.col("text")
    offices = passing(head, text.str.contains(pattern("office_line"))).with_columns(head_office=text)
    civil = passing(offices, text.str.contains(pattern("civil_affairs"), literal=True))
    # 某市民政局局长 张三
    speaks = passing(
        head, (text.str.len_chars() <= SHORT_LINE) & text.str.contains(pattern("head_of_bureau"))
    )
    speaks = speaks.with_columns(head_office=text.str.extract(pattern("office_of_speaker"), 1))
    return pl.concat([civil, offices, speaks])


def owners(lines: pl.DataFrame) -> pl.DataFrame:
    """The civil-affairs office that owns the page, from the lines below a report: `REPORT`, owner."""
    text = pl.col("text")
    feet = passing(
        lines,
        text.str.contains(pattern("hosted"), literal=True),
        text.str.contains(pattern("civil_affairs"), literal=True),
    )
    return _told(feet, "owner", text.str.extract(pattern("page_owner"), 1))


def _told(rows: pl.DataFrame, name: str, value: pl.Expr) -> pl.DataFrame:
    """The first value in each report that has one: `REPORT`, and the value by its name."""
    told = rows.select(*REPORT, value.alias(name))
    if told.is_empty():
        return told
    return told.drop_nulls(name).group_by(REPORT, maintain_order=True).agg(pl.col(name).first())


def _stamped(head: pl.DataFrame) -> pl.DataFrame:
    """Lines that may say when the page was put up, without a label for it."""
    text = pl.col("text")
    dated = text.str.contains(r"(?:19|20)[0-9]{2}[^0-9]")
    return passing(head, text.str.len_chars() <= LONGEST_STAMP, dated, ~text.str.contains("[。;]"))


def _stamp() -> pl.Expr:
    text = pl.col("text")
    return pl.coalesce(
        text.str.extract(f"({pattern('page_clock')})", 1), text.str.extract(f"({pattern('dateline')})", 1)
    )


def _noted(head: pl.DataFrame) -> pl.DataFrame:
    """Short lines above the text with a date among other notes, which dates nothing else."""
    text = pl.col("text")
    return passing(
        head,
        (pl.col("read") < FIRST_WORDS) & text.str.contains(r"[\s(](?:19|20)[0-9]{2}\s*[-/.年]"),
        text.str.contains(pattern("date_among_notes")),
        ~text.str.contains(pattern("date_of_else")),
    )


def _dated(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that are a date, or a date and a source."""
    text = pl.col("text")
    lines = lines.with_columns(text.str.replace(pattern("font_note"), ""))
    begins = text.str.contains(r"^[(\[【]?\s*[12一二]|号[\s,、;]")
    return passing(
        lines,
        begins,
        text.str.contains(
            f"{pattern('whole_date')}|{pattern('dated_source')}|{pattern('dated_note')}|{pattern('dated_number')}"
        ),
    )
