"""Where the cues of the vocabulary stand in texts.

Words were found with all other words of the vocabulary, in one pass; patterns are tried only on clauses that
hold a word which they cannot do without. Of overlapping cues of a field the longest counts, then the one of
higher priority, then a word before a pattern, and last the one whose row stands first; a decoy competes like
any other and then vanishes. Where two mark the same characters and only these last rules decide (`tied`), the
vocabulary's check asks for a priority.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.cues.rows import EVERYWHERE, cue_rows
from pipeline.extraction.words import cue_words
from pipeline.reading.layout.compute import put_back
from pipeline.reading.layout.cutting import MARK
from pipeline.reading.layout.dates import numeral

CLAUSE = ("at", "line", "statement", "sentence", "clause", "text")
FEW = 500  # clauses in all of which every pattern is looked for sooner than in those that hold its words
PARTS = ("year", "first", "last")  # named groups of a pattern: a year, the first and the last month
HIT = tuple(columns("frame.cue_hits"))
SAID = (*(name for name in HIT if name not in PARTS), "priority", "decoy")
PLACED = tuple(name for name in SAID[:-2] if name not in ("field", "value"))


def find_cues(words: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """Every cue in the texts of a stream, in their order: `frame.cue_hits`.

    `words`: word, at, end_at, line, statement, sentence, clause, in order; `clauses`: the same with text in
    place of word. `word` of a hit is what stands in the text.
    """
    named, matched = _hits(words, clauses)
    if matched is None:
        return named.filter(~pl.col("decoy")).select(HIT)
    contested = pl.col("field").is_in(list(_contested()))
    rivals = _compete(pl.concat([named.filter(contested), matched]))
    hits = pl.concat([named.filter(~contested), rivals]).filter(~pl.col("decoy"))
    return hits.select(HIT).sort("at", maintain_order=True)


def tied(words: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """The pairs of cues between which nothing but the order of their rows decides.

    They mark the same characters in the same field with the same priority, and say different things of them,
    or one says nothing (a decoy). `words` and `clauses` as `find_cues` takes them. Returns cue, other (rows
    of cues.csv, the earlier one first), field, at and word, a row a place.
    """
    named, matched = _hits(words, clauses)
    hits = named if matched is None else pl.concat([named, matched])
    said = ["cue", "value", "decoy", *PARTS]
    same = ["field", "at", "end_at", "priority"]
    pairs = hits.select(*same, *said, "word").join(hits.select(*same, *said), on=same, suffix="_other")
    unlike = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_other")) for name in said[1:])
    unlike &= ~(pl.col("decoy") & pl.col("decoy_other"))
    pairs = pairs.filter((pl.col("cue") < pl.col("cue_other")) & unlike).sort("at", "field")
    return pairs.select("cue", "field", "at", "word", other="cue_other")


def _hits(words: pl.DataFrame, clauses: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """All that may be a cue, before any competes: words, and (None where there are none) matches of patterns,
    each in the order of their rows: `SAID` and `PARTS`."""
    named = words.join(_said_words(), on="word", how="inner", maintain_order="left")
    named = named.select(*SAID, *(pl.lit(None, pl.Int32).alias(name) for name in PARTS))
    matched = _matched(clauses)
    if matched is None:
        return named, None
    return named, matched.join(_speaks(), on="cue", how="left", maintain_order="left").select(named.columns)


@cache
def _said_words() -> pl.DataFrame:
    """Every word that is a cue, with the fields in which it competes: word, and the columns of `_speaks`."""
    return cue_words().join(_speaks(), on="cue", how="inner", maintain_order="left")


@cache
def _patterns() -> list[dict]:
    return cue_rows().filter(pl.col("pattern").is_not_null()).to_dicts()


@cache
def _contested() -> tuple[str, ...]:
    """The fields in which matches can overlap: those that patterns speak in, or are decoys in."""
    rows = cue_rows().filter(pl.col("pattern").is_not_null())
    named = {*rows["field"], *rows["decoy"].explode().drop_nulls()}
    return tuple(sorted(named - {"", EVERYWHERE}))


@cache
def _speaks() -> pl.DataFrame:
    """The fields in which each cue competes: cue, field, value, priority, decoy (it says nothing there)."""
    rows = cue_rows()
    own = rows.filter(pl.col("field") != "").select("cue", "field", "value", "priority", decoy=pl.lit(False))
    lent = rows.select("cue", "decoy", "value", "priority").explode("decoy").drop_nulls("decoy")
    everywhere = pl.DataFrame(
        {"decoy": EVERYWHERE, "field": _contested()}, schema={"decoy": pl.String, "field": pl.String}
    )
    named = lent.join(everywhere, on="decoy", how="left").select(
        "cue", "value", "priority", field=pl.coalesce("field", "decoy"), decoy=pl.lit(True)
    )
    return pl.concat([own, named.select(own.columns)])


def _triggered(clauses: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
    """The clauses that hold a word which patterns cannot do without, and in which each word stands."""
    triggers = sorted({word for row in _patterns() for word in row["trigger"]})
    some = clauses.filter(pl.col("text").str.contains_any(triggers))
    found = some.select(
        word=pl.col("text").str.extract_many(triggers, overlapping=True),
        row=pl.int_range(pl.len(), dtype=pl.UInt32),
    )
    rows = found.explode("word", empty_as_null=False).group_by("word", maintain_order=True).agg("row")
    return some, {
        word: row.unique(maintain_order=True) for word, row in zip(rows["word"], rows["row"], strict=True)
    }


def _sentences(some: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """The sentences of some clauses, each as one clause, in order."""
    within = clauses.filter(pl.col("sentence").is_in(some["sentence"].unique().implode()))
    first = (pl.col(name).first() for name in ("at", "line", "statement", "clause"))
    return within.group_by("sentence", maintain_order=True).agg(*first, text=pl.col("text").str.join(""))


def matches(clauses: pl.DataFrame, marked: pl.Expr) -> pl.DataFrame:
    """What stands between marks in the texts of clauses: word, at, end_at, the running numbers of the clause,
    and before (the text between it and the match before it, or the beginning of the clause).

    Other columns of the clauses are kept. `marked`: the texts with a `MARK` before and behind each match.
    """
    # Text and match take turns, as in `words.find_words`.
    size = pl.col("text").str.len_chars().cast(pl.Int64)
    cut = clauses.select(
        pieces=pl.concat_str(marked, pl.lit(MARK)).str.split(MARK), base=size.cum_sum() - size
    )
    cut = cut.with_row_index("_row").explode("pieces", empty_as_null=False)
    pieces = pl.DataFrame(
        {"before": cut["pieces"].gather_every(2, 0), "piece": cut["pieces"].gather_every(2, 1)}
    )
    pieces = pieces.hstack(cut.select("_row", "base").gather_every(2))
    pieces = pieces.with_columns(size=pl.col("piece").str.len_chars().cast(pl.Int64))
    total = pl.col("before").str.len_chars().cast(pl.Int64) + pl.col("size")
    pieces = pieces.with_columns(end=total.cum_sum() - pl.col("base")).filter(pl.col("piece") != "")
    found = clauses.drop("text", "cut", strict=False)[pieces["_row"]]
    end_at = pl.col("at") + pieces["end"]
    return found.with_columns(
        word=pieces["piece"], before=pieces["before"], end_at=end_at, at=end_at - pieces["size"]
    )


def _holding(
    texts: pl.DataFrame, asked: list[dict], holds: dict[str, pl.Series]
) -> Iterator[tuple[dict, pl.DataFrame]]:
    """Each of some patterns that matches anywhere, and the texts (row, text) in which it does.

    `holds`: in which rows the words stand that patterns cannot do without.
    """
    if texts.height <= FEW:
        told = texts.select(_test(row["cue"]) for row in asked)
        for row in asked:
            if told[str(row["cue"])].any():
                yield row, texts.filter(told[str(row["cue"])])
        return
    likely: dict[tuple[str, ...], pl.DataFrame] = {}
    for row in asked:
        words = tuple(row["trigger"])
        if words not in likely:
            rows = [holds[word] for word in words if word in holds]
            likely[words] = texts[rows[0] if len(rows) == 1 else pl.concat(rows).unique().sort()]
        hit = likely[words].filter(_test(row["cue"]))
        if not hit.is_empty():
            yield row, hit


@cache
def _test(cue: int) -> pl.Expr:
    """Whether a text holds the pattern of a row of cues.csv; named by its number."""
    return pl.col("text").str.contains(cue_rows()["pattern"][cue]).alias(str(cue))


def _matched(clauses: pl.DataFrame) -> pl.DataFrame | None:
    """The matches of all patterns in clauses, pattern by pattern: `PLACED` and `PARTS`; None where there is
    none."""
    if not _patterns():
        return None
    some, holds = _triggered(clauses)
    rows = [row for row in _patterns() if not holds.keys().isdisjoint(row["trigger"])]
    marked = []
    for whole in (False, True):
        asked = [row for row in rows if (row["side"] == "around") == whole]
        if asked and whole:
            named = {word: holds[word] for row in asked for word in row["trigger"] if word in holds}
            texts = _sentences(some[pl.concat(named.values()).unique()], clauses)
            place = texts["sentence"].search_sorted(some["sentence"])
            held = {word: place.gather(at).unique().sort() for word, at in named.items()}
        else:
            texts, held = some, holds
        cues, rows_of, cuts = [], [], []
        for row, hit in _holding(texts.select("text").with_row_index("row"), asked, held):
            # alone, it uses the pattern that the search made ready; with others it would be made anew
            cut = hit.select(cut=pl.col("text").str.replace_all(row["pattern"], f"{MARK}${{0}}{MARK}"))
            cues += [row["cue"]] * hit.height
            rows_of.append(hit["row"])
            cuts.append(cut["cut"])
        if cuts:
            said = [pl.Series("cue", cues, dtype=pl.Int32), pl.concat(cuts)]
            marked.append(texts.select(CLAUSE)[pl.concat(rows_of)].hstack(said))
    if not marked:
        return None
    hits = matches(pl.concat(marked).sort("cue", maintain_order=True), pl.col("cut"))
    return _with_parts(hits).select(*PLACED, *PARTS)


@cache
def _groups(cue: int) -> dict[str, pl.Expr]:
    """What the named groups of a pattern hold in `word`, of those in `PARTS`."""
    pattern = cue_rows()["pattern"][cue]
    held = pl.col("word").str.extract_groups(pattern).struct
    return {
        name: numeral(held.field(name)).cast(pl.Int32).alias(name)
        for name in PARTS
        if f"(?P<{name}>" in pattern
    }


def _with_parts(hits: pl.DataFrame) -> pl.DataFrame:
    """The matches with what the named groups of their patterns hold: `PARTS`."""
    hits = hits.with_columns(pl.lit(None, pl.Int32).alias(name) for name in PARTS)
    for cue in hits["cue"].unique():
        if groups := _groups(cue):
            rows = (hits["cue"] == cue).arg_true()
            part = hits.select("word")[rows].select(groups.values()).with_columns(row=rows)
            hits = put_back(hits, part, tuple(groups))
    return hits


def _compete(rivals: pl.DataFrame) -> pl.DataFrame:
    """The hits (`SAID`) that no better one of their field overlaps; of equal ones the first counts."""
    rivals = rivals.sort("field", "at", maintain_order=True)
    size, priority = pl.col("end_at") - pl.col("at"), pl.col("priority")
    same = pl.col("field") == pl.col("field").shift(-1)
    clash = (same & (pl.col("at").shift(-1) < pl.col("end_at"))).fill_null(False)
    better = (size > size.shift(-1)) | ((size == size.shift(-1)) & (priority >= priority.shift(-1)))
    while rivals.select(clash.any()).item():
        marked = rivals.select(by_next=clash & ~better, by_last=(clash & better).shift(1, fill_value=False))
        beaten = pl.col("by_next") | pl.col("by_last")
        # only what an unbeaten one beats: of three in a row the outer two can stand
        lost = (pl.col("by_next") & ~beaten.shift(-1, fill_value=False)) | (
            pl.col("by_last") & ~beaten.shift(1, fill_value=False)
        )
        rivals = rivals.filter(~marked.select(lost).to_series())
    return rivals
