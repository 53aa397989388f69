"""Copies of the same report, and newer versions of it.

Texts are compared by their clauses: a copy keeps them whatever page, format or script it is in. Reports
that share the smallest of their clauses' hashes are compared in full, so that the work grows with the
number of reports and not with that of their pairs. A copy tells the same figures; a version tells
others, or other words, and comes later.
"""

import polars as pl

from pipeline.reading.folding import fold_script
from pipeline.reading.versions import best_first, find_links

BATCH = 4000
CLAUSE_ENDS = r"[。;!?:,]"
SHORT_LINE = r"(?m)^([^\n]{1,28})\n"  # titles and headings; longer lines may be broken in mid-sentence
SHORTEST_CLAUSE = 8
SHORTEST_TEXT = 50  # shorter ones are alike without being the same report
SKETCH = 16  # hashes of a report that candidates are found by
SHARED = 4  # of them, in both reports of a pair
NEIGHBOURS = 4  # reports that one is compared with for each hash
# Counters of visits and dates of printing change from copy to copy.
PAGE_WORDS = r"次数|浏览|阅读|点击|访问|人气|下载|打印|时间|日期|来源|备案|电话|版权"


def link_duplicates(documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """`reports` with duplicate_of (the report_id of which a report is a copy) and superseded_by (of its
    newest version); null for the reports that count.

    Takes documents (document_id, file_name, text) and core.reports, region_code among its columns where
    it is known. Of several copies the one about which most is known stands for all, then the one
    published first, then the one whose file name sorts first: whatever the order of the rows, the
    choice is the same.
    """
    reports = reports.drop("duplicate_of", "superseded_by", strict=False).with_row_index("report")
    if reports.is_empty():
        empty = pl.lit(None, pl.String)
        return reports.drop("report").with_columns(duplicate_of=empty, superseded_by=empty)
    about = best_first(reports, documents)
    clauses, bodies = _clauses(documents, about)
    exact = _exact_copies(bodies)
    pairs = _compare(clauses.join(exact, left_on="report", right_on="copy", how="anti"))
    links = find_links(about, exact, pairs)
    names = reports.select("report", name="report_id")
    return (
        reports.join(links, on="report", how="left", maintain_order="left")
        .join(
            names.rename({"report": "primary", "name": "duplicate_of"}),
            on="primary",
            how="left",
            maintain_order="left",
        )
        .join(
            names.rename({"report": "newest", "name": "superseded_by"}),
            on="newest",
            how="left",
            maintain_order="left",
        )
        .drop("report", "primary", "newest")
    )


def _clauses(documents: pl.DataFrame, reports: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The clauses of each report (report, clause, frame, figures: hashes of the clause, of the clause
    without its digits, and whether it has any), and one hash of its whole text (report, body, size).
    """
    spans = reports.select("report", "document_id", "span_start", "span_end")
    parts, bodies = [], []
    for batch in documents.select("document_id", "text").iter_slices(BATCH):
        found = spans.join(batch, on="document_id").select(
            "report",
            text=pl.col("text").str.slice(pl.col("span_start"), pl.col("span_end") - pl.col("span_start")),
        )
        text = fold_script(found["text"]).str.replace_all(SHORT_LINE, "${1}。")
        text = text.str.replace_all(r"[\s|#*_]+", "")
        text = text.str.replace_all(r"(\d)[。,](\d)", "${1}.${2}")
        found = found.select("report", text=text)
        plain = pl.col("text").str.replace_all(r"[^\p{Han}\p{L}\p{N}.%]", "")
        bodies.append(found.select("report", body=plain.hash(0), size=plain.str.len_chars()))
        clause = pl.col("text").str.replace_all(CLAUSE_ENDS, "\n").str.split("\n")
        parts.append(
            found.select("report", clause=clause)
            .explode("clause", empty_as_null=True)
            .filter(
                (pl.col("clause").str.len_chars() >= SHORTEST_CLAUSE)
                & ~pl.col("clause").str.contains(PAGE_WORDS)
            )
            .select(
                "report",
                pl.col("clause").hash(0),
                frame=pl.col("clause").str.replace_all(r"[\d.]+", "0").hash(0),
                figures=pl.col("clause").str.contains(r"\d"),
            )
            .unique(["report", "clause"])
        )
    return pl.concat(parts), pl.concat(bodies)


def _exact_copies(bodies: pl.DataFrame) -> pl.DataFrame:
    """Reports whose text is that of an earlier one, but for blanks and punctuation: copy, of."""
    return (
        bodies.filter(pl.col("size") >= SHORTEST_TEXT)
        .sort("report")
        .select(copy="report", of=pl.col("report").first().over("body", "size"))
        .filter(pl.col("copy") != pl.col("of"))
    )


def _compare(clauses: pl.DataFrame) -> pl.DataFrame:
    """Pairs of reports that may tell the same: a, b, shared, size_a, size_b (clauses), changed (clauses
    of a whose digits differ in b), figures (clauses with digits in the shorter).
    """
    sketch = (
        clauses.select("report", "clause")
        .sort("clause")
        .with_columns(nth=pl.int_range(pl.len()).over("report"))
        .filter(pl.col("nth") < SKETCH)
        .sort("clause", "report")
    )
    near = [
        sketch.select(a="report", b=pl.col("report").shift(-step).over("clause")).drop_nulls()
        for step in range(1, NEIGHBOURS + 1)
    ]
    sizes = clauses.group_by("report").agg(
        size=pl.len().cast(pl.Int64), figures=pl.col("figures").sum().cast(pl.Int64)
    )
    pairs = (
        pl.concat(near)
        .group_by("a", "b")
        .len("hits")
        .join(sizes.rename({"report": "a", "size": "size_a", "figures": "figures_a"}), on="a")
        .join(sizes.rename({"report": "b", "size": "size_b", "figures": "figures_b"}), on="b")
        .filter(
            pl.col("hits") >= pl.min_horizontal(SHARED, pl.col("size_a") // 2, pl.col("size_b") // 2).clip(1)
        )
        .sort("a", "b")
        .with_row_index("pair")
    )
    return _count_shared(pairs, clauses)


def _count_shared(pairs: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """Adds how many clauses each pair shares, and how many of a's stand in b with other digits."""
    of_a = pairs.select("pair", "b", report="a").join(clauses, on="report")
    same = clauses.select(b="report", clause="clause", same=pl.lit(True))
    framed = clauses.filter("figures").select(b="report", frame="frame", framed=pl.lit(True)).unique()
    counts = (
        of_a.join(same, on=["b", "clause"], how="left")
        .join(framed, on=["b", "frame"], how="left")
        .group_by("pair")
        .agg(
            shared=pl.col("same").sum().cast(pl.Int64),
            changed=(pl.col("figures") & pl.col("same").is_null() & pl.col("framed").is_not_null())
            .sum()
            .cast(pl.Int64),
        )
    )
    return pairs.join(counts, on="pair").select(
        "a", "b", "shared", "size_a", "size_b", "changed", figures=pl.min_horizontal("figures_a", "figures_b")
    )
