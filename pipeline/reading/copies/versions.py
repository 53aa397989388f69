"""Which of two alike reports is a copy, which a newer version, and which one stands for all its copies."""

import polars as pl

from pipeline.reading.layout.folding import fold_script
from pipeline.vocabulary import either, words

KNOWN = ("region_code", "issuer", "published_on", "index_no", "document_no", "year")
COPY, COPY_UNDATED, PART, PART_SIZE, VERSION = 0.8, 0.9, 0.92, 0.6, 0.4
FETCHED = r"^fetched/.*~(\d{8}T\d{6})"  # the time in the name of a later version (fetching/keep.py)
SHORTEST = 5  # clauses below which only the same text is a copy


def _said(kind: str) -> str:
    """What a title says of its version, as a pattern: revised or draft."""
    return either(words("copies/words.csv", kind=kind))


def best_first(reports: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """`reports` with `rank` (0 for the one that would stand for all), `core` (the title's words) and `mark`
    (1 for a title that says it is revised, -1 for a draft)."""
    title = fold_script(pl.col("title").fill_null(""))
    known = pl.sum_horizontal(
        pl.col(name).is_not_null().cast(pl.Int8) for name in KNOWN if name in reports.columns
    )
    return (
        reports.join(
            documents.select("document_id", "file_name"), on="document_id", how="left", maintain_order="left"
        )
        .with_columns(
            known=known,
            core=title.str.replace_all(rf"\([^)]*\)|{_said('revised')}|{_said('draft')}|[^\p{{Han}}\d]", ""),
            mark=title.str.contains(_said("revised")).cast(pl.Int8)
            - title.str.contains(_said("draft")).cast(pl.Int8),
        )
        .sort(
            "known",
            "published_on",
            "file_name",
            "report_id",
            descending=[True, False, False, False],
            nulls_last=True,
        )
        .with_row_index("rank")
        .sort("report")
    )


def find_links(about: pl.DataFrame, exact: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """report, primary (of which it is a copy) and newest (the version that supersedes it), by row
    numbers of `about`; nulls where there is none.

    Takes the frames of `best_first`, and of `duplicates` the exact copies (copy, of) and compared
    pairs.
    """
    judged = _judge(pairs, about)
    copies = pl.concat(
        [exact.select(a="copy", b="of"), judged.filter(pl.col("verdict") == "copy").select("a", "b")]
    )
    primary = _primaries(copies, about)
    newest = _newest(judged.filter(pl.col("verdict") == "version"), primary, about)
    return (
        about.select("report")
        .join(primary, on="report", how="left", maintain_order="left")
        .join(newest, on="report", how="left", maintain_order="left")
        .with_columns(primary=pl.when(pl.col("primary") != pl.col("report")).then("primary"))
    )


def _judge(pairs: pl.DataFrame, about: pl.DataFrame) -> pl.DataFrame:
    """Adds `verdict` (`copy`, `version`, null) and `older`, `newer` to pairs."""
    names = ("region_code", "issuer", "year", "genre", "core", "mark", "published_on", "url", "fetched")
    url = pl.col("url") if "url" in about.columns else pl.lit(None, pl.String)
    about = about.with_columns(url=url, fetched=pl.col("file_name").str.extract(FETCHED).fill_null(""))
    for side in ("a", "b"):
        said = about.select(
            pl.col("report").alias(side), *(pl.col(name).alias(f"{name}_{side}") for name in names)
        )
        pairs = pairs.join(said, on=side, how="left", maintain_order="left")
    alike = pl.col("shared") / (pl.col("size_a") + pl.col("size_b") - pl.col("shared"))
    smaller, larger = pl.min_horizontal("size_a", "size_b"), pl.max_horizontal("size_a", "size_b")
    part = (pl.col("shared") >= PART * smaller) & (smaller >= PART_SIZE * larger)
    same = (
        ~_differ("region_code")
        & ~_differ("year")
        & (
            ~_differ("issuer")
            | pl.col("issuer_a").str.ends_with(pl.col("issuer_b"))
            | pl.col("issuer_b").str.ends_with(pl.col("issuer_a"))
            | (_agree("region_code") & (pl.col("core_a") == pl.col("core_b")))
        ).fill_null(True)
        & (smaller >= SHORTEST)
    )
    date_a, date_b = pl.col("published_on_a"), pl.col("published_on_b")
    order = pl.coalesce(
        pl.when(pl.col("mark_a") != pl.col("mark_b")).then(
            (pl.col("mark_b") - pl.col("mark_a")).sign().cast(pl.Int64)
        ),
        (date_b - date_a).dt.total_days().sign().replace(0, None).cast(pl.Int64),
        # One address, fetched again: pages are corrected without a new date.
        pl.when(_agree("url") & (pl.col("fetched_a") != pl.col("fetched_b"))).then(
            pl.when(pl.col("fetched_a") < pl.col("fetched_b")).then(1).otherwise(-1)
        ),
    ).fill_null(0)
    titled = (
        _agree("core")
        & (pl.col("core_a") != "")
        & (_agree("region_code") | _agree("issuer"))
        & _agree("year")
    )
    other = (pl.col("changed") > 0) | (alike < COPY) | (pl.col("mark_a") != pl.col("mark_b"))
    version = titled & (order != 0) & (alike >= VERSION) & other
    copy = ((alike >= COPY) | part) & ((pl.col("changed") == 0) | (alike >= COPY_UNDATED))
    verdict = (
        pl.when(~same)
        .then(None)
        .when(version)
        .then(pl.lit("version"))
        .when(copy)
        .then(pl.lit("copy"))
        .otherwise(None)
    )
    return pairs.with_columns(
        verdict=verdict,
        older=pl.when(order > 0).then("a").otherwise("b"),
        newer=pl.when(order > 0).then("b").otherwise("a"),
    )


def _differ(name: str) -> pl.Expr:
    return (pl.col(f"{name}_a") != pl.col(f"{name}_b")).fill_null(False)


def _agree(name: str) -> pl.Expr:
    return (pl.col(f"{name}_a") == pl.col(f"{name}_b")).fill_null(False)


def _primaries(copies: pl.DataFrame, about: pl.DataFrame) -> pl.DataFrame:
    """The best report of each group of copies: report, primary. Reports without copies have no row."""
    root: dict[int, int] = {}

    def find(one: int) -> int:
        while root.setdefault(one, one) != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for a, b in copies.iter_rows():
        root[find(a)] = find(b)
    groups = pl.DataFrame(
        [(one, find(one)) for one in list(root)],
        schema={"report": pl.UInt32, "group": pl.UInt32},
        orient="row",
    )
    ranks = about.select("report", "rank")
    return groups.join(ranks, on="report").select(
        "report", primary=pl.col("report").sort_by("rank").first().over("group")
    )


def _newest(versions: pl.DataFrame, primary: pl.DataFrame, about: pl.DataFrame) -> pl.DataFrame:
    """The newest version of each superseded report and of its copies: report, newest."""
    standing = dict(primary.iter_rows())
    newer: dict[int, set[int]] = {}
    for old, new in versions.select("older", "newer").iter_rows():
        old, new = standing.get(old, old), standing.get(new, new)
        if old != new:
            newer.setdefault(old, set()).add(new)
    ranks = {row[0]: row[1:] for row in about.select("report", "mark", "published_on", "rank").iter_rows()}

    def order(one: int) -> tuple:
        mark, date, rank = ranks[one]
        return (mark, date is not None, date, -rank) if date else (mark, False, 0, -rank)

    found = []
    for old in newer:
        seen, latest = {old}, old
        while nexts := newer.get(latest, set()) - seen:
            latest = max(nexts, key=order)
            seen.add(latest)
        found.append((old, latest))
    members: dict[int, set[int]] = {}
    for report, standing_for in standing.items():
        members.setdefault(standing_for, set()).add(report)
    rows = [(report, latest) for old, latest in found for report in members.get(old, {old})]
    return pl.DataFrame(rows, schema={"report": pl.UInt32, "newest": pl.UInt32}, orient="row")
