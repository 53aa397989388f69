"""Copies of the same report, and newer versions of it.

Texts are compared by their clauses: a copy keeps them whatever page, format or script it is in. Reports
that share the smallest of their clauses' hashes are compared in full, so that the work grows with the
number of reports and not with that of their pairs. A copy tells the same figures; a version tells
others, or other words, and comes later.
"""

from collections.abc import Iterator

import polars as pl

from pipeline.reading.folding import fold_script
from pipeline.reading.versions import best_first, find_links

BATCH = 4000
CLAUSE_ENDS = "。;!?:,"
SHORT_LINE = r"(?m)^([^\n]{1,28})\n"  # titles and headings; longer lines may be broken in mid-sentence
ROW_END = r"\|[ \t]*\n"
SHORTEST_CLAUSE = 8
FEWEST_CLAUSES = 3  # below which texts are alike without being the same report
SKETCH = 16  # hashes of a report that candidates are found by
SHARED = 4  # of them, in both reports of a pair
PAIRS = {name: pl.UInt32 for name in ("a", "b")} | dict.fromkeys(
    ("shared", "size_a", "size_b", "changed"), pl.Int64
)
NEIGHBOURS = 4  # reports that one is compared with for each hash
# Counters of visits, dates of printing and numbers of the page change from copy to copy.
PAGE_WORDS = (
    r"次数|浏览|阅读|点击|访问|人气|下载|打印|时间|日期|来源|备案|电话|版权|索引|"
    r"^[\d年月日时分秒.~/-]+$|^[^\p{Han}]+$"
)


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
    sketches = _sketches(documents, about)
    exact = _exact_copies(sketches, about)
    candidates = _candidates(sketches.join(exact, left_on="report", right_on="copy", how="anti"))
    pairs = _compare(candidates, documents, about)
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


def _bodies(documents: pl.DataFrame, reports: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The clauses of reports (report, clause), a batch of documents at a time."""
    spans = reports.select("report", "document_id", "span_start", "span_end")
    for batch in documents.select("document_id", "text").iter_slices(BATCH):
        text = pl.col("text").str.slice(pl.col("span_start"), pl.col("span_end") - pl.col("span_start"))
        found = spans.join(batch, on="document_id").select("report", text=text)
        text = (
            fold_script(found["text"])
            .str.replace_all(SHORT_LINE, "${1}。")
            .str.replace_all(ROW_END, "。")
            .str.replace_all(r"[\s|#*_]+", "")
        )
        text = text.str.replace_all(r"(\d)[。,](\d)", "${1}.${2}")
        clause = text.str.replace_many(list(CLAUSE_ENDS), [CLAUSE_ENDS[0]] * len(CLAUSE_ENDS)).str.split(
            CLAUSE_ENDS[0]
        )
        clauses = found.select("report", clause=clause).explode("clause", empty_as_null=True)
        yield clauses.filter(
            (pl.col("clause").str.len_chars() >= SHORTEST_CLAUSE) & ~pl.col("clause").str.contains(PAGE_WORDS)
        )


def _sketches(documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """One row a report: report, body (the same for the same clauses), size (clauses), sketch (the
    smallest of their hashes).
    """
    parts = [
        clauses.with_columns(pl.col("clause").hash(0))
        .group_by("report")
        .agg(
            body=(pl.col("clause") // 2**16).sum(),  # cannot overflow
            size=pl.len().cast(pl.Int64),
            sketch=pl.col("clause").unique().bottom_k(SKETCH),
        )
        for clauses in _bodies(documents, reports)
    ]
    return pl.concat(parts).sort("report")


def _exact_copies(sketches: pl.DataFrame, about: pl.DataFrame) -> pl.DataFrame:
    """Reports with the clauses, region, issuer and year of an earlier one: copy, of."""
    same = ["body", "size", "sketch", "region_code", "issuer", "year"]
    return (
        sketches.filter(pl.col("size") >= FEWEST_CLAUSES)
        .join(about.select("report", *same[3:]), on="report")
        .with_columns(pl.col("sketch").list.sort())
        .select(copy="report", of=pl.col("report").first().over(same))
        .filter(pl.col("copy") != pl.col("of"))
    )


def _candidates(sketches: pl.DataFrame) -> pl.DataFrame:
    """Pairs of reports (a, b) whose sketches meet. Of the many reports that share a clause only
    neighbours are paired: copies are neighbours again and again, others are not.
    """
    hashes = sketches.select("report", "size", clause="sketch").explode("clause", empty_as_null=True)
    hashes = hashes.drop_nulls().sort("clause", "report")
    near = [
        hashes.select(
            a="report",
            b=pl.col("report").shift(-step).over("clause"),
            few=pl.min_horizontal("size", pl.col("size").shift(-step).over("clause")) // 2,
        ).drop_nulls()
        for step in range(1, NEIGHBOURS + 1)
    ]
    return (
        pl.concat(near)
        .group_by("a", "b")
        .agg(hits=pl.len(), few=pl.col("few").first())
        .filter(pl.col("hits") >= pl.min_horizontal(SHARED, "few").clip(1))
        .select("a", "b")
        .sort("a", "b")
        .with_row_index("pair")
    )


def _compare(pairs: pl.DataFrame, documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Pairs with what they have in common: shared, size_a, size_b (clauses), changed (clauses of a that
    stand in b with other digits).
    """
    compared = pl.concat([pairs["a"], pairs["b"]]).unique()
    chosen = reports.filter(pl.col("report").is_in(compared.implode()))
    parts = [
        clauses.select(
            "report",
            pl.col("clause").hash(0),
            frame=pl.col("clause").str.replace_all(r"[\d.]+", "0").hash(0),
            figures=pl.col("clause").str.contains(r"\d"),
        ).unique(["report", "clause"])
        for clauses in _bodies(documents.join(chosen, on="document_id", how="semi"), chosen)
    ]
    if not parts:
        return pl.DataFrame(schema=PAIRS)
    clauses = pl.concat(parts)
    sizes = clauses.group_by("report").agg(size=pl.len().cast(pl.Int64))
    same = clauses.select(b="report", clause="clause", same=pl.lit(True))
    framed = clauses.filter("figures").select(b="report", frame="frame", framed=pl.lit(True)).unique()
    other = pl.col("figures") & pl.col("same").is_null() & pl.col("framed").is_not_null()
    counts = (
        pairs.select("pair", "b", report="a")
        .join(clauses, on="report")
        .join(same, on=["b", "clause"], how="left")
        .join(framed, on=["b", "frame"], how="left")
        .group_by("pair")
        .agg(shared=pl.col("same").sum(), changed=other.sum())
    )
    return (
        pairs.join(counts, on="pair")
        .join(sizes.rename({"report": "a", "size": "size_a"}), on="a")
        .join(sizes.rename({"report": "b", "size": "size_b"}), on="b")
        .sort("pair")
        .select(pl.col(name).cast(kind) for name, kind in PAIRS.items())
    )
