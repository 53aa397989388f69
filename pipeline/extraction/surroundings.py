"""Where each observation stands in its sentence and what the words beside it say: `core.contexts`.

Here: what the marts and the audit need of the text, so that no query reads it. What the words mean for a sum
or a rate is for the models to say; words and patterns stand in `vocabulary/surroundings`.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.extraction.sequence import Stream
from pipeline.reading.layout.compute import compute_where
from pipeline.vocabulary import either, pattern, rows, words

WORDS = "surroundings/words.csv"
LONGEST_SENTENCE = 3_000  # nothing is read into what is longer: a text without marks stays affordable
LONGEST_HEAD, LONGEST_TAIL = 40, 20
TAIL_OF_RATE = 8  # of what stands behind a figure, for the name of what it counts
TAKEN = (
    "observation_id", "document_id", "at", "end_at", "line", "sentence", "clause", "q_text", "unit",
    "measure", "subgroup",
)  # fmt: skip
FIGURES_BEFORE = 12  # of a rate, among which those are that it is of


def surroundings(stream: Stream, observations: pl.DataFrame) -> pl.DataFrame:
    """`core.contexts` of observations, in their order.

    Takes the columns `TAKEN`: at, end_at, line, sentence and clause as `Stream.place` gives them, q_text the
    number as it is read; in the order of the text.
    """
    placed = _in_sentences(stream, _number(stream, observations.select(TAKEN)))
    head = pl.col("head")
    named = head.str.contains_any(words(WORDS, notion="called"))
    called = compute_where(placed, named, _first("called", head))
    said = placed.with_columns(called=called, **_said(pl.col("before"), head, pl.col("tail")))
    begins = pl.col("place") == 1
    unsaid = begins & pl.col("said_of_area").is_null()
    anew = pl.col("opens_parts") | pl.col("starts_anew")
    said = said.with_columns(
        depth=_so_far(pl.col("brackets"), begins).clip(0),
        # 监测对象中1340户、4812人已纳入低保: what is said behind the last is said of those before it
        of_group=(_so_far(pl.col("of_group").cast(pl.Int64), begins) > 0)
        | (
            pl.col("put_on_list").backward_fill().over("sentence").fill_null(False)
            & ~pl.col("said_of_area").fill_null(False)
        ),
        # 引导46个组织、286名志愿者结对: what is done with the first is done with those that follow it
        acts=pl.when(begins & pl.col("acts").is_null()).then(False).otherwise("acts").forward_fill()
        | pl.col("acted_on"),
        # 264户、469人纳入低保: what is said behind the last is said of those before it
        draws=pl.when(pl.col("taken_in").backward_fill().over("sentence")).then(True).otherwise("draws"),
        bracket_no=_so_far((pl.col("brackets") > 0).cast(pl.Int64), begins),
        list_no=_so_far(anew.cast(pl.Int64), begins),
        # 1661户2405人 share what is said before the first
        said_of_area=pl.when(unsaid).then(False).otherwise("said_of_area").forward_fill(),
        limits=pl.when(begins & pl.col("limits").is_null()).then(False).otherwise("limits").forward_fill(),
        # 分别增长4.4%和6.9%: the second grows as the first does
        grows=pl.when(pl.col("grows_on") & ~begins).then(None).otherwise("grows").forward_fill(),
        side=_side(said),
    )
    alone = (pl.col("head") == "") | (pl.col("said_of_area") & (pl.col("bare_head") == ""))
    said = said.with_columns(speaks_for_itself=alone)
    said = said.join(_named_by_rates(said), on="row", how="left", maintain_order="left")
    return said.with_columns(pl.col("named_ids").fill_null([])).select(
        pl.col(name).cast(kind) for name, kind in polars_schema("core.contexts").items()
    )


def _number(stream: Stream, observations: pl.DataFrame) -> pl.DataFrame:
    """Number lines, paragraphs, list items and sentences within their document, and observations too."""
    places = ("line", "paragraph", "item", "sentence")
    first = stream.clauses.unique("document_id", keep="first", maintain_order=True)
    first = first.select("document_id", *(pl.col(name).alias(f"first_{name}") for name in places))
    rows = observations.with_columns(
        stream.clauses[name].gather(observations["clause"]) for name in ("paragraph", "item")
    )
    rows = rows.join(first, on="document_id", how="left", maintain_order="left")
    rows = rows.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64), one=pl.lit(1, pl.Int64))
    return rows.with_columns(
        *((pl.col(name) - pl.col(f"first_{name}") + 1).alias(f"{name}_no") for name in places),
        position=_so_far(pl.col("one"), _begins("document_id")),
        place=_so_far(pl.col("one"), _begins("sentence")),
    )


def _begins(name: str) -> pl.Expr:
    """Whether a row is the first of its document or sentence; rows of one follow each other."""
    return (pl.col(name) != pl.col(name).shift(1)).fill_null(True)


def _so_far(number: pl.Expr, begins: pl.Expr) -> pl.Expr:
    """The sum of a column since the last row that begins something, with that row's own."""
    total = number.cum_sum()
    return total - pl.when(begins).then(total - number).forward_fill()


def _in_sentences(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add before and after (the words up to the observations beside it in its sentence), head and tail (as
    far as the next mark)."""
    whole = (
        stream.clauses.join(
            rows.select("sentence").unique(), on="sentence", how="semi", maintain_order="left"
        )
        .group_by("sentence", maintain_order=True)
        .agg(
            pl.col("text").str.join(""),
            sentence_at=pl.col("at").first(),
            sentence_end=pl.col("end_at").last(),
        )
    )
    text = pl.when(pl.col("text").str.len_chars() <= LONGEST_SENTENCE).then("text").otherwise(pl.lit(""))
    rows = rows.join(whole.with_columns(text), on="sentence", how="left", maintain_order="left")
    follows = pl.col("sentence") == pl.col("sentence").shift(1)
    leads = pl.col("sentence") == pl.col("sentence").shift(-1)
    since = pl.when(follows).then(pl.col("end_at").shift(1)).otherwise("sentence_at")
    until = pl.when(leads).then(pl.col("at").shift(-1)).otherwise("sentence_end")
    rows = rows.with_columns(
        before=_between(since, pl.col("at")),
        after=_between(pl.col("end_at"), until),
    ).drop("text")
    return rows.with_columns(
        head=pl.col("before").str.extract(pattern("clause_before")).str.tail(LONGEST_HEAD),
        tail=pl.col("after").str.extract(pattern("clause_behind")).str.head(LONGEST_TAIL),
    )


def _between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """The sentence's text between two places of the stream."""
    return pl.col("text").str.slice((start - pl.col("sentence_at")).clip(0), (end - start).clip(0))


def _said(before: pl.Expr, head: pl.Expr, tail: pl.Expr) -> dict[str, pl.Expr]:
    """What the words before a number, its clause and the words behind it say."""
    parts = _any("opens_parts")
    headed = head != ""
    return {
        "brackets": before.str.count_matches("(", literal=True).cast(pl.Int64)
        - before.str.count_matches(")", literal=True).cast(pl.Int64),
        "opens_parts": before.str.contains(parts),
        "opens_at_once": before.str.contains(pattern("opens_parts_at_once") + parts),
        "starts_anew": before.str.contains(_any("starts_anew")),
        "said_of_area": pl.when(headed).then(
            head.str.contains(f"{pattern('own_area')}|{_any('area_total')}")
            & ~tail.str.contains(_any("took_part"))
        ),
        "sums_up": head.str.contains(f"{_any('sums_up')}|{pattern('sum_alone')}"),
        "left_over": head.str.contains(_any("left_over")),
        "loose": head.str.contains(_any("loose") + r"\s*$") | before.str.contains(_any("examples")),
        "limits": pl.when(headed & ~head.str.contains(pattern("led_to"))).then(
            head.str.contains(_any("limits"))
        ),
        # 改造大塘、永乐敬老院2所: the verb stands before the first of them
        "acts": pl.when(headed & ~before.str.starts_with("、")).then(
            before.str.extract(pattern("statement_before")).str.contains(_any("acts"))
        ),
        "acted_on": tail.str.contains(f"{_any('acts')}|{_any('took_part')}"),
        "of_group": before.str.contains(pattern("other_group")),
        "singled_out": head.str.contains(f"{pattern('singled_out')}|{_due()}"),
        "deadline": before.str.contains(pattern("deadline")),
        "draws": pl.when(headed).then(head.str.contains(_any("draws"))),
        "taken_in": pl.when(tail != "").then(tail.str.contains(_any("taken_in"))),
        "put_on_list": pl.when(tail != "").then(tail.str.contains(pattern("put_on_list"))),
        "label": head.str.replace(f"^.*{parts}", "").str.strip_chars(" "),
        "bare_head": head.str.replace_all(
            f"{_any('says_no_thing')}|{pattern('own_area')}{pattern('inside_area')}", ""
        ).str.replace(pattern("on_record"), ""),
        "thing": tail.str.extract(r"^(\p{Han}+)").fill_null(""),
        "says_share": head.str.contains(_any("share")),
        # 户均832元: the word is read with the number
        "says_average": (head + pl.col("q_text")).str.contains(_any("average")),
        "says_done": head.str.contains(pattern("done_rate")),
        "says_rate": head.str.ends_with("率"),
        "due": head.str.contains(pattern("planned")),
        "grows": head.str.contains(pattern("growth_clause")),
        "grows_on": head.str.contains(pattern("grows_on")),
        "counter": pl.when(pl.col("unit").is_in(words(WORDS, notion="counts_anything")))
        .then(pl.col("q_text").str.extract(pattern("counter")))
        .fill_null(""),
        "ranked": pl.col("q_text").str.contains(pattern("rank_written")),
    }


def _side(said: pl.DataFrame) -> pl.Series:
    """Which of those that together are a whole a part is by its name: 集中 or 分散, 男 or 女."""
    named = said.select("label", named=pl.col("subgroup").fill_null("") + pl.col("label"))
    side = pl.coalesce(_first("side", pl.col("named")), _first("side_of_label", pl.col("label")))
    any_side = [*words(WORDS, notion="side"), *words(WORDS, notion="side_of_label")]
    return compute_where(named, pl.col("named").str.contains_any(any_side), side)


def _named_by_rates(said: pl.DataFrame) -> pl.DataFrame:
    """The figures before each share in its sentence that its words name as what it is a share of: row,
    named_ids. What was due (应检, 符合条件) is not what was done."""
    shares = said.filter(pl.col("says_share") & (pl.col("unit") == "%") & (pl.col("measure") == "ratio"))
    stems = pl.col("head").str.extract_groups(pattern("rate_of")).struct
    shares = shares.select(
        "row", "sentence", "place",
        stem=stems.field("1"),
        end=stems.field("2"),
        follows=pl.col("head").str.contains(pattern("share_of_before")),
        named=pl.col("head").str.extract(pattern("share_named")),
        other=pl.int_ranges(pl.col("row") - FIGURES_BEFORE, "row"),
    ).explode("other", empty_as_null=False)  # fmt: skip
    figures = said.select(
        other="row",
        other_sentence="sentence",
        other_place="place",
        other_id="observation_id",
        words=pl.col("head") + "#" + pl.col("tail").str.head(TAIL_OF_RATE),
    )
    pairs = shares.join(figures, on="other", maintain_order="left")
    pairs = pairs.filter(pl.col("sentence") == pl.col("other_sentence"))
    said_words = pl.col("words")
    behind = said_words.str.split(pl.col("stem").fill_null("#")).list.slice(1).list.join(pl.col("stem"))
    by_stem = behind.str.contains(pl.col("end"), literal=True)
    by_place = pl.col("follows") & (pl.col("place") - pl.col("other_place") == 1)
    by_name = said_words.str.contains(pl.col("named"), literal=True)
    is_named = by_stem.fill_null(False) | by_place | by_name.fill_null(False)
    return (
        pairs.filter(is_named & ~said_words.str.contains(_due()))
        .group_by("row", maintain_order=True)
        .agg(named_ids="other_id")
    )


@cache
def _any(notion: str) -> str:
    return either(words(WORDS, notion=notion))


def _first(notion: str, text: pl.Expr) -> pl.Expr:
    """The first value, in the order of the rows, that one of its words in a text says."""
    values = dict.fromkeys(row["value"] for row in rows(WORDS) if row["notion"] == notion)
    return pl.coalesce(
        pl.when(text.str.contains(either(words(WORDS, notion=notion, value=value)))).then(pl.lit(value))
        for value in values
    )


def _due() -> str:
    """Words that say what was due or asked for."""
    return f"{_any('due')}|{pattern('ought')}"
