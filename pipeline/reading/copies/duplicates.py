"""Copies of the same report, and newer versions of it.

Texts are compared by their clauses: a copy keeps them whatever page, format or script it is in. Reports
that share the smallest of their clauses' hashes are compared in full, so that the work grows with the
number of reports and not with that of their pairs. A copy tells the same figures; a version tells
others, or other words, and comes later.

Sketches are made with each batch and comparisons are kept, so that a new report among many costs no second
look at the texts of the others.
"""

from collections.abc import Callable, Iterator

import polars as pl

from pipeline.reading.copies.versions import best_first, find_links
from pipeline.reading.layout.folding import fold_script, with_folded
from pipeline.vocabulary import either, words

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
KEPT = ("shared", "size_a", "size_b", "changed")
PAIRS_KNOWN = pl.DataFrame(schema=dict.fromkeys(("body_a", "body_b", *KEPT), pl.Int64))
SKETCHES = pl.DataFrame(
    schema={"report_id": pl.String, "document_id": pl.String, "body": pl.Int64, "size": pl.Int64}
    | {"sketch": pl.List(pl.Int64)}
)
Texts = Callable[[list[str]], pl.DataFrame]
NEIGHBOURS = 4  # reports that one is compared with for each hash


def link_reports(
    reports: pl.DataFrame, files: pl.DataFrame, sketches: pl.DataFrame, known: pl.DataFrame, texts: Texts
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Adds duplicate_of (the report_id of which a report is a copy) and superseded_by (of its newest
    version), null for the reports that count: (linked reports, compared pairs for the next time).

    Of several copies the one about which most is known stands for all, then the one published first, then
    the one whose file name sorts first, whatever the order of the rows.

    Takes core.reports, the documents' names (document_id, file_name), `sketch_reports` of all batches, the
    pairs of an earlier call with the same code, and a function from document ids to (document_id, text) that
    is asked for the texts of pairs that are not known yet.
    """
    reports = reports.drop("duplicate_of", "superseded_by", strict=False).with_row_index("report")
    if reports.is_empty():
        empty = pl.lit(None, pl.String)
        return reports.drop("report").with_columns(duplicate_of=empty, superseded_by=empty), known.clear()
    placed = reports
    if "region_code" not in reports.columns:
        placed = placed.with_columns(region_code=pl.lit(None, pl.String))
    numbered = sketches.join(reports.select("report", "report_id"), on="report_id").sort("report")
    exact = _exact_copies(numbered, placed)
    candidates = _candidates(numbered.join(exact, left_on="report", right_on="copy", how="anti"), placed)
    alike = pl.concat([exact["copy"], exact["of"], candidates["a"], candidates["b"]]).unique()
    if alike.is_empty():
        links = pl.DataFrame(schema=dict.fromkeys(("report", "primary", "newest"), pl.UInt32))
        return _named(reports, links), known.clear()
    about = best_first(_in_one_script(placed.filter(pl.col("report").is_in(alike.implode()))), files)
    pairs = _compare_new(candidates, numbered, known, about, texts)
    links = find_links(about, exact, pairs.select(list(PAIRS)))
    return _named(reports, links), pairs.select(PAIRS_KNOWN.columns).unique(maintain_order=True)


def _named(reports: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The reports as they came, with what they are linked to (`find_links`) by its name."""
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


def _in_one_script(reports: pl.DataFrame) -> pl.DataFrame:
    """Reports with their issuers in one script: as written they may be in either. Asked for few of all, for
    what folds them takes time to make."""
    return reports.with_columns(issuer=fold_script(pl.col("issuer")))


def sketch_reports(documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """What is kept of a batch's reports (report_id, document_id, body, size, sketch): a hash of all clauses,
    their number, and the smallest of their hashes. Reports without a clause have no row."""
    numbered = reports.with_row_index("report")
    parts = [
        clauses.with_columns(pl.col("clause").hash(0))
        .group_by("report")
        .agg(
            body=(pl.col("clause") // 2**16).sum().reinterpret(signed=True),  # cannot overflow
            size=pl.len().cast(pl.Int64),
            sketch=pl.col("clause").unique().bottom_k(SKETCH).sort().reinterpret(signed=True),
        )
        for clauses in _bodies(documents, numbered)
    ]
    if not parts:
        return SKETCHES.clear()
    return numbered.join(pl.concat(parts), on="report").sort("report").select(SKETCHES.columns)


def _of_page() -> str:
    """A clause that changes from copy to copy: a counter of visits, a day, a number of the page."""
    return either(words("copies/words.csv", kind="page")) + r"|^[\d年月日时分秒.~/-]+$|^[^\p{Han}]+$"


def _bodies(documents: pl.DataFrame, reports: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The clauses of reports (report, clause), a batch of documents at a time."""
    spans = reports.select("report", "document_id", "span_start", "span_end")
    for batch in documents.iter_slices(BATCH):
        own = pl.col("folded").str.slice(pl.col("span_start"), pl.col("span_end") - pl.col("span_start"))
        found = spans.join(with_folded(batch).select("document_id", "folded"), on="document_id")
        found = found.select("report", text=own)
        text = (
            found["text"]
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
            (pl.col("clause").str.len_chars() >= SHORTEST_CLAUSE) & ~pl.col("clause").str.contains(_of_page())
        )


def _exact_copies(sketches: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Reports with the clauses, region, issuer and year of an earlier one: copy, of."""
    same = ["body", "size", "sketch", "region_code", "issuer", "year"]
    alike = sketches.filter(pl.col("size") >= FEWEST_CLAUSES).filter(pl.col("body").is_duplicated())
    if alike.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(("copy", "of"), pl.UInt32))
    return (
        _in_one_script(alike.join(reports.select("report", *same[3:]), on="report", maintain_order="left"))
        .select(copy="report", of=pl.col("report").first().over(same))
        .filter(pl.col("copy") != pl.col("of"))
    )


def _candidates(sketches: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Pairs of reports (a, b) whose sketches meet and that may be of one region and year.

    Of the many reports that share a clause only neighbours are paired: copies are neighbours again and again,
    others are not.
    """
    known = reports.select("report", "year", region=pl.col("region_code").rank("dense"))
    hashes = sketches.select("report", "size", clause="sketch").explode("clause", empty_as_null=True)
    hashes = hashes.drop_nulls().join(known, on="report", maintain_order="left")
    hashes = hashes.sort("clause", maintain_order=True)  # within one, reports keep their order

    def near(step: int) -> pl.DataFrame:
        then = {name: pl.col(name).shift(-step) for name in hashes.columns}
        same = (pl.col("clause") == then["clause"]).fill_null(False)
        one = ~pl.any_horizontal((pl.col(name) != then[name]).fill_null(False) for name in ("region", "year"))
        return hashes.select(
            a="report", b=then["report"], few=pl.min_horizontal("size", then["size"]) // 2, pair=same & one
        ).filter("pair")

    return (
        pl.concat([near(step) for step in range(1, NEIGHBOURS + 1)])
        .group_by("a", "b")
        .agg(hits=pl.len(), few=pl.col("few").first())
        .filter(pl.col("hits") >= pl.min_horizontal(SHARED, "few").clip(1))
        .select("a", "b")
        .sort("a", "b")
        .with_row_index("pair")
    )


def _compare_new(
    pairs: pl.DataFrame, sketches: pl.DataFrame, known: pl.DataFrame, reports: pl.DataFrame, texts: Texts
) -> pl.DataFrame:
    """Pairs with what they have in common, and the bodies by which that is known again (PAIRS_KNOWN)."""
    bodies = sketches.select("report", "body")
    named = pairs.join(bodies.rename({"report": "a", "body": "body_a"}), on="a").join(
        bodies.rename({"report": "b", "body": "body_b"}), on="b"
    )
    bodies_of_pair = ["body_a", "body_b"]
    old = named.join(known, on=bodies_of_pair)
    new = named.join(known, on=bodies_of_pair, how="anti")
    compared = new.join(_compare(new, reports, texts), on=["a", "b"])
    columns = [*PAIRS, *bodies_of_pair]
    return pl.concat([old.select(columns), compared.select(columns)]).sort("a", "b")


def _compare(pairs: pl.DataFrame, reports: pl.DataFrame, texts: Texts) -> pl.DataFrame:
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
        for ids in chosen["document_id"].unique().sort().to_frame().iter_slices(BATCH)
        for clauses in _bodies(texts(ids["document_id"].to_list()), chosen)
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
