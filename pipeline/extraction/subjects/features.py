"""What speaks for and against each pair of a number and a subject word, one column a feature.

The names are those of vocabulary/subjects/weights.csv, which says what each means and what it weighs.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.words import domain, subjects_with
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

PLACES = ("admin_division", "village", "community")
COUNTED = ("things", "people", "events", "couples")
OF_PEOPLE = ("people", "money", "rate", "events", "couples")
STRENGTHS = {"weak": 1, "plain": 2, "telling": 3}
# How a word of the number's sentence stands to the number.
RULE, UNIT_CLASS = pl.col("rule"), pl.col("unit_class")
EARLIER, LATER = RULE == "earlier clause", RULE == "later clause"
LEFT = RULE.is_in(["noun before", "earlier clause"])
FOLLOWS = RULE == "noun after"  # in the number's own clause
RIGHT_SIDE = FOLLOWS | LATER
CLAUSES = (pl.col("clause") - pl.col("clause_t")).abs().clip(0, 6)
BETWEEN = (
    pl.when(LEFT).then(pl.col("q") - pl.col("qs_before_t")).otherwise(pl.col("qs_before_t") - pl.col("q") - 1)
)  # numbers
GAP = (
    pl.when(LEFT).then(pl.col("at") - pl.col("end_at_t")).otherwise(pl.col("at_t") - pl.col("end_at"))
)  # characters
WEAK = pl.col("strength") == 1


@cache
def _fits() -> dict[str, float]:
    return {f"{r['head']}/{r['class']}": float(r["points"]) for r in vocabulary("subjects/head_fit.csv")}


def features(pairs: pl.DataFrame) -> pl.DataFrame:
    """The features of pairs, in their order: first what a pair is of, then a number a feature.

    `pairs`: `frame.pairs`. Returns `frame.features`; what can't be said of a pair is 0.
    """
    said = {name: e.cast(pl.Float64).fill_null(0.0).alias(name) for name, e in expressions().items()}
    return pairs.select(said.get(name, pl.col(name)) for name in columns("frame.features"))


def expressions() -> dict[str, pl.Expr]:
    """Each feature of `frame.pairs` by its name; null is 0. Columns that end in `_t` are the word's."""
    said = {name: pl.col("strength") == points for name, points in STRENGTHS.items()}
    return said | {"collocation": pl.col("collocation")} | _from_afar() | _in_sentence()


def _from_afar() -> dict[str, pl.Expr]:
    """How a word that doesn't stand in the number's sentence was found."""
    rule = pl.col("rule")
    return {
        "carried": rule == "carried over",
        "carried_lines": pl.col("lines"),
        "topic": rule == "topic",
        # 三、临时救助。救助困难群众56户: what a heading names holds below it
        "own_title": pl.col("own_title") & (pl.col("head") != "activity"),
        "heading": rule == "heading",
        "title": rule == "title",
        "off_title": pl.col("off_title") & (pl.col("strength") < 3),
        "off_title_sure": pl.col("off_title") & (pl.col("strength") == 3),
    }


def _fit() -> pl.Expr:
    """How well the kind of thing that a word names goes with the unit (head_fit.csv), if it is not weak."""
    key = pl.concat_str(pl.col("head"), pl.lit("/"), pl.col("unit_class").fill_null(""))
    points = key.replace_strict(_fits(), default=0.0, return_dtype=pl.Float64)
    return pl.when(pl.col("strength") == 1).then(points.clip(None, 0)).otherwise(points)


def _in_sentence() -> dict[str, pl.Expr]:
    """What speaks for and against words of the number's own sentence, and `led`."""
    return _side() | _taken() | _by_kind() | _done()


def _side() -> dict[str, pl.Expr]:
    """On which side of the number a word stands, how far, and how well it fits."""
    right = pl.col("right")
    return {
        "right": FOLLOWS & right,
        "right_bare": FOLLOWS & ~right,
        "later": LATER,
        "left": LEFT & ~right,
        "left_bare": LEFT & right,
        "char": GAP.clip(0, 60),
        "clause_left": pl.when(LEFT).then(CLAUSES).otherwise(0),
        "clause_right": pl.when(RIGHT_SIDE).then(CLAUSES).otherwise(0),
        "number_left": pl.when(LEFT).then(BETWEEN.clip(0, 8)).otherwise(0),
        "number_right": pl.when(RIGHT_SIDE).then(BETWEEN.clip(0, 8)).otherwise(0),
        "fit": _fit(),
        "inside": pl.col("depth_t") > pl.col("depth"),
        "led": ~(LEFT | RIGHT_SIDE) & pl.col("led"),
    }


def _taken() -> dict[str, pl.Expr]:
    """Whether a word belongs to another number, or the number to another word."""
    at, taken_in = pl.col("at"), _taken_in()
    beside_last = (pl.col("at_t") - pl.col("prev_end_at")).is_between(0, 8) & (
        pl.col("prev_end_at") > pl.col("sep_at_t")
    ).fill_null(True)
    paid_people = (pl.col("head") == "money") & pl.col("beside_person").fill_null(False)
    return {
        # 5个社会组织、3个…: a noun behind a comma or bracket does not belong to the number before it
        # and 15个乡镇、248个行政村: no further kind of place where it has one of its own
        "over_list": FOLLOWS
        & (
            ~pl.col("right")
            | (BETWEEN >= 1) & pl.col("beside_end").is_not_null() & pl.col("subject").is_in(PLACES)
        )
        & (pl.col("sep_at_t") >= pl.col("end_at")),
        # 将贫困人口8.93万人纳入低保 counts those before it
        "into": taken_in
        & (BETWEEN == 0)
        & (FOLLOWS & ~(pl.col("own_end") == at).fill_null(False) | LEFT & (GAP == 0)),
        # 发放款物13万元,走访低保对象220户: a word with a number of its own has none before it
        "owned": RIGHT_SIDE & pl.col("owned_t") & ~(pl.col("lends_t") & (UNIT_CLASS == "people")),
        # 低保标准738元,医保补助标准640元: the number's own clause names another subject before it
        "passed": EARLIER & (pl.col("own_clause") == pl.col("clause")),
        # 特困供养金120万元、孤儿养育金86万元: the number has a noun of its own right before it
        "beside_own": LEFT
        & (BETWEEN >= 1)
        & (pl.col("at_t") < pl.col("own_at"))
        & (at - pl.col("own_end") <= 2),
        # 社会组织扶持措施20条: the last noun of several that are one
        "modifies": LEFT
        & (pl.col("own_sep") <= pl.col("at_t")).fill_null(True)
        & (pl.col("own_at") - pl.col("end_at_t")).is_between(0, 2)
        & (at - pl.col("own_end") <= 2),
        # 社会组织:新登记26家,变更38家,…: a title holds through its sentence
        "titled": EARLIER & pl.col("titled_t"),
        "sibling": EARLIER & (pl.col("at_t") > pl.col("portion")) & (pl.col("prev_class") == UNIT_CLASS),
        # 286名志愿者帮扶382户: the noun is taken by the number before it
        # but 5110人中纳入低保3870人 leaves it to the next
        "used": LEFT
        & (BETWEEN == 0)
        & (pl.col("prev_class") == UNIT_CLASS)
        & beside_last
        & ~taken_in.fill_null(False),
        # 1186人落实低保或特困供养: what stands second behind a number is no more its own than the first
        "second": RIGHT_SIDE & pl.col("joined_t") & (BETWEEN == 0),
        # 19个乡镇仅有民政专干34名: the noun right behind the number is its own
        "over_verb": FOLLOWS
        & (
            ~(pl.col("toward") & pl.col("verb_before_t"))
            & (pl.col("beside_end") <= pl.col("has_at"))
            & (pl.col("at_t") >= pl.col("has_at"))
            # so is that of 56名特困人员 whom money was paid (发放低保金)
            | pl.col("toward") & pl.col("verb_before_t") & paid_people
        ),
    }


def _by_kind() -> dict[str, pl.Expr]:
    """Whether what a word names is what a number of such a unit counts."""
    return {
        # under 三、养老服务, a word of that domain
        "of_heading": (LEFT | RIGHT_SIDE) & (domain("heading_subject") == domain("subject")),
        "exists": LEFT & pl.col("exists") & pl.col("right"),
        "weak_far": WEAK & (EARLIER | LATER),
        # 为30户困难家庭实施适老化改造 counts the work, 发放低保金 rather its receivers
        "weak_money": WEAK & UNIT_CLASS.is_in(["money", "rate"]),
        "weak_portion": LEFT & (pl.col("at_t") > pl.col("portion")) & WEAK,
        "each": pl.col("each_t") & UNIT_CLASS.is_in(COUNTED),
        "located": pl.col("located_t") & UNIT_CLASS.is_in(["people", "money", "rate"]),
        "means": pl.col("means_t") & LEFT,
        # 逐户核对收入,清退2387人, 实行年审,退保387户: those who left are no cases of the work
        "moved": pl.col("moved")
        & pl.col("subject").is_in([*subjects_with("work"), *PLACES, "other"])
        & (UNIT_CLASS == "people"),
        "dealt_with": pl.col("dealt_with_t") & UNIT_CLASS.is_in([*COUNTED, "money"]),
        # 农村低保412户困难家庭, 退出21户困难家庭: whom any aid helps, behind those that are counted
        "vague": FOLLOWS
        & WEAK
        & (pl.col("head") == "person")
        & pl.col("subject").is_in(subjects_with("vague"))
        & ((pl.col("at") - pl.col("own_end")).is_between(0, 2) | pl.col("moved")),
        # 其中乡镇审批5034户: a place does or has something, it is not what is counted
        "where": LEFT & WEAK & pl.col("subject").is_in(PLACES) & UNIT_CLASS.is_in(OF_PEOPLE),
    }


def _done() -> dict[str, pl.Expr]:
    """Whether something is done to what a word names, or money put into it."""
    # 对5所敬老院实施适老化改造 counts homes
    thing = (UNIT_CLASS == "things") & pl.col("beside_end").is_not_null()
    done = FOLLOWS & pl.col("toward") & pl.col("verb_before_t") & (BETWEEN == 0) & ~thing
    return {
        "done_to": done & (pl.col("head") != "money"),
        # but 为56名特困人员发放低保金 names them
        "paid_to": done & (pl.col("head") == "money") & ~pl.col("beside_person").fill_null(False),
        # 投入260万元,对3所敬老院进行改造: money that is put into what stands behind it
        "put_in": RIGHT_SIDE
        & pl.col("put_in")
        & pl.col("head").is_in(["thing", "org", "beds"])
        & (BETWEEN <= 1)
        & (CLAUSES <= 1)
        # 启动殡仪馆改造,投资3500万元,新增格位2万个 is of what was named before
        & pl.when(LATER)
        .then(~pl.col("led"))
        .otherwise((pl.col("own_clause") != pl.col("clause")).fill_null(True)),
        # 占…的10% speaks of what stands before 占, 覆盖65%以上的行政村 of what reaches them
        "of_whole": LEFT & (pl.col("at_t") > pl.col("share_of")) & (UNIT_CLASS == "share")
        | RIGHT_SIDE & pl.col("covers") & pl.col("subject").is_in(PLACES),
    }


def _taken_in() -> pl.Expr:
    """Whether a word stands right behind a verb that takes in what was counted: 纳入低保."""
    close = (pl.col("at_t") - pl.col("verb_end_at_t")) <= 4
    return pl.col("verb_word_t").str.contains(pattern("into")) & close
