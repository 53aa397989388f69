"""The subject words of a text, with what stands beside them: all that a word brings into its pairs."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.sequence import Stream
from pipeline.extraction.subjects.compounds import is_ambiguous, settle_compounds
from pipeline.extraction.subjects.foreign import in_foreign_reports, too_vague_there
from pipeline.extraction.windows import in_windows
from pipeline.extraction.words import SEPARATORS, domain, subject_words, subjects_of, subjects_with
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

SEVERE = ("disability_nursing_subsidy", "disability_living_subsidy", "disability_subsidies")
NUMBERED = 8  # characters between a word and the number that is its own (低保对象增加到220户)
REACH = 24  # characters before a word that say where or how it stands
BEHIND = 24  # characters behind it that do


def find_subject_words(stream: Stream, numbers: pl.DataFrame) -> pl.DataFrame:
    """The subject words of a stream in order, ambiguous ones read by the subject before them in their line.

    `numbers`: q (running number), at, end_at, in order. Returns `frame.subject_words`.
    """
    words = stream.words.join(subject_words(), on="word", how="inner", maintain_order="left")
    words = words.with_columns(joined=_joined_to_another())
    words = words.with_columns(further=pl.col("joined") & _quiet(stream, numbers))
    words = words.with_columns(settle_compounds(words, stream.clauses)).filter(~is_ambiguous())
    words = words.with_columns(foreign=in_foreign_reports(words)).filter(~too_vague_there())
    seps = stream.words.filter(pl.col("word").is_in(list(SEPARATORS)))
    seps = seps.select(sep_at=pl.col("at").set_sorted())
    words = words.join_asof(seps, left_on="at", right_on="sep_at", strategy="backward")
    words = words.with_columns(_text_beside(stream, words))
    words = words.filter(~_ends_a_name() & ~_is_whole() & ~_measured_by() & ~_included()).with_columns(
        subject=_dealt_with(), strength=_opens_a_change()
    )
    words = words.with_columns(subject=_in_its_report()).with_columns(subject=_among_others())
    words = words.with_columns(subject=_of_a_group(stream, words))
    colons = stream.words.filter(pl.col("word").is_in([":", "】"])).select(colon_at=pl.col("at").set_sorted())
    words = words.join_asof(
        colons, left_on="end_at", right_on="colon_at", strategy="forward", check_sortedness=False
    )
    # 措施:投入480万元改造: what a line is called by is no thing that it counts
    label = (pl.col("said_before") == "") & (pl.col("colon_at") == pl.col("end_at"))
    label = label & pl.col("subject").is_in(subjects_with("work"))
    words = words.filter(~label.fill_null(False))
    words = stream.cues.beside(stream.with_depth(words), "portion_at")
    before = numbers.select(pl.col("at").set_sorted(), qs_before=pl.col("q") + 1, q_end="end_at")
    words = words.join_asof(before, on="at", strategy="backward", check_sortedness=False)
    behind = numbers.select(next_q=pl.col("at").set_sorted())
    words = words.join_asof(
        behind, left_on="end_at", right_on="next_q", strategy="forward", check_sortedness=False
    )
    # 生活补贴3018人和护理补贴1.02万人: a conjunction behind a number begins another item
    joins = (pl.col("at") - pl.col("q_end") == 1) & pl.col("said_before").str.contains("[和与及]$")
    words = words.with_columns(sep_at=pl.when(joins).then("q_end").otherwise("sep_at"))
    # 为30户低保对象、5人…: a word that follows its number leaves the next one to others
    follows = (pl.col("q_end") > pl.col("sep_at")).fill_null(False)
    words = stream.cues.beside(words, "verb_word", "verb_end_at").with_columns(
        pl.col("qs_before").fill_null(0),
        verb_before=pl.col("verb_word").is_not_null(),
        titled=(pl.col("colon_at") - pl.col("end_at") <= 2).fill_null(False),
        # 救助570人,发放临时救助金36万元: but money can say whom it was paid to
        lends=(pl.col("head") == "money") & pl.col("portion_at").is_null(),
        # 各县(市、区)登记6603个: of each, so it is not counted itself
        each=pl.col("said_before").str.contains(pattern("of_each"))
        # 其他困境儿童37名 are the rest themselves
        & ~(
            pl.col("said_before").str.contains(pattern("the_others")) & (pl.col("next_q") == pl.col("end_at"))
        )
        # 每百名入住老人配备24.1人
        | pl.col("said_before").str.contains(pattern("denominator")),
        # 在旗中心敬老院集中供养48人: where they are
        located=pl.col("head").is_in(["thing", "org"])
        & (
            pl.col("said_before").str.contains(pattern("located_in"))
            # 其中敬老院集中供养64人
            | pl.col("said_behind").str.contains(pattern("lives_there"))
        ),
        # 资助1504名低保户参保: they draw nothing by it
        dealt_with=(
            (pl.col("head") == "person")
            | (pl.col("head") == "topic") & pl.col("subject").is_in(subjects_with("recipients"))
        )
        & ~_helped()
        & pl.col("said_before").str.contains(pattern("aided"))
        # 保健补助惠及80岁以上老人4216人: what they got is named before
        | (pl.col("subject") == "elder_population") & pl.col("said_before").str.contains(pattern("served")),
        means=pl.col("said_before").str.contains(pattern("means"))
        & ~pl.col("word").str.contains(pattern("means_done"))
        # 以低保、医疗救助为重点,救助困难群众312人
        | pl.col("said_before").str.contains(pattern("means_by"))
        & pl.col("said_behind").str.contains(pattern("means_named"))
        | pl.col("said_before").str.contains(pattern("is_a_means")),
        off_title=_off_title(),
        joined=pl.col("joined") & pl.col("said_before").str.contains("[、和与及或]$"),
        owned=((pl.col("next_q") - pl.col("end_at") <= NUMBERED) & ~follows).fill_null(False),
    )
    return words.select(columns("frame.subject_words"))


def _off_title() -> pl.Expr:
    """Whether the title of a word's report names a subject of another domain than the word."""
    title, own = domain("title"), domain("subject")
    return (~title.is_in(["administration", "other"]) & (title != own)).fill_null(False)


@cache
def _of_reports() -> dict[str, str]:
    """What a subject stands for in a report on another, by `report/subject` (of_reports.csv)."""
    return {f"{r['report']}/{r['subject']}": r["gives"] for r in vocabulary("subjects/of_reports.csv")}


def _in_its_report() -> pl.Expr:
    """The subject of a word by the title of its report: 老人 whom a rescue station helped are of its aid."""
    key = pl.concat_str("title", pl.lit("/"), "subject")
    return key.replace_strict(_of_reports(), default=pl.col("subject"), return_dtype=pl.String)


def _joined_to_another() -> pl.Expr:
    """Whether one character parts a word from another before it in its sentence: 低保与特困."""
    same = pl.col("sentence") == pl.col("sentence").shift(1)
    return (same & (pl.col("at") - pl.col("end_at").shift(1) == 1)).fill_null(False)


def _quiet(stream: Stream, numbers: pl.DataFrame) -> pl.Expr:
    """Whether the sentence of a word opens a line and holds no number.

    低保与特困。在保598户…: what is said first under such a heading is of the first.
    """
    opening = stream.clauses.unique("line", keep="first")["sentence"]
    starts = stream.clauses.select("sentence", at=pl.col("at").set_sorted())
    counted = numbers.select("at").join_asof(starts, on="at", check_sortedness=False)["sentence"]
    return pl.col("sentence").is_in(opening.implode()) & ~pl.col("sentence").is_in(counted.implode())


def _text_beside(stream: Stream, words: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """What stands around each word in its clause, at most `REACH` characters: said_before, said_behind."""
    clauses = stream.clauses.select("clause", "text", clause_at="at")
    rows = in_windows(words.select("clause", "at", "end_at"), clauses, pl.col("at"), "text", "clause_at")
    begins, ends = pl.col("at") - pl.col("clause_at") - REACH, pl.col("at") - pl.col("clause_at")
    text, behind = pl.col("text"), pl.col("end_at") - pl.col("clause_at")
    told = rows.select(
        said_before=text.str.slice(begins.clip(0), ends.clip(0, REACH)).fill_null(""),
        said_behind=text.str.slice(behind.clip(0), BEHIND).fill_null(""),
    )
    return told["said_before"], told["said_behind"]


def _ends_a_name() -> pl.Expr:
    """Whether a weak word (街道, 村, 社区) is the end of a proper name: 北山街道 counts no streets."""
    place = pl.col("word").str.contains(pattern("place_word")) & (pl.col("strength") == 1)
    named = pl.col("said_before").str.slice(-2).str.contains(pattern("ends_a_name"))
    # 新设社区7个, 撤并街道2个: what is set up or given up is named by no verb
    return place & named & ~pl.col("said_before").str.contains(pattern("founded"))


def _opens_a_change() -> pl.Expr:
    """The strength of a word: no vague one is that of places whose number changes, where it opens its clause
    (行政村减少到604个,社区增加到177个)."""
    place = pl.col("word").str.contains(pattern("place_word")) & (pl.col("said_before") == "")
    changes = place & pl.col("said_behind").str.contains(pattern("places_change"))
    return pl.when(changes).then(pl.max_horizontal("strength", 2)).otherwise("strength")


def _is_whole() -> pl.Expr:
    """Whether other people are the whole of a share, which is not about them: 占户籍总人口的18.4%."""
    people = (pl.col("subject") == "other") & pl.col("word").str.contains(pattern("population"))
    whole = (pl.col("said_before").str.contains(pattern(name)) for name in ("whole_of_share", "denominator"))
    return people & pl.any_horizontal(whole)


def _measured_by() -> pl.Expr:
    """Whether a word says what a standard is measured by: 补助标准与散居孤儿看齐."""
    return pl.col("said_before").str.contains(pattern("measured_by")) & pl.col("said_behind").str.contains(
        pattern("measured_by_behind")
    )


def _included() -> pl.Expr:
    """Whether a word stands in brackets that say what the word before them includes: 社会福利(含高龄津贴、
    孤儿养育)892万元."""
    return pl.col("said_before").str.contains(pattern("includes")) & pl.col("said_behind").str.contains(
        pattern("included")
    )


def _among_others() -> pl.Expr:
    """The subject of a word for what else some of a group are: 低保对象中建档立卡贫困人口 draw dibao."""
    subject = pl.col("subject")
    beside = (pl.col("clause") == pl.col("clause").shift(1)) & (pl.col("at") - pl.col("end_at").shift(1) <= 2)
    among = pl.col("said_before").str.contains(pattern("among")) & beside
    group = subject.shift(1).is_in(subjects_with("recipients"))
    some = (subject.is_in(subjects_with("attribute")) & group & among).fill_null(False)
    return pl.when(some).then(subject.shift(1)).otherwise(subject)


def _of_a_group(stream: Stream, words: pl.DataFrame) -> pl.Expr:
    """The subject of a word for what some of a group are that a clause of its own opens.

    低保对象中,老年人2316人、重度残疾人1120人: they draw dibao
    """
    clauses = stream.clauses.select(
        "clause",
        "statement",
        opens_at=pl.when(pl.col("text").str.contains(pattern("opens_group"))).then("at")
        + pl.col("text").str.strip_chars_end(",:").str.len_chars().cast(pl.Int64) - 1,
    )  # fmt: skip
    told = words.select("clause", "end_at", "subject").join(
        clauses, on="clause", how="left", maintain_order="left"
    )
    opens = (pl.col("end_at") == pl.col("opens_at")) & pl.col("subject").is_in(subjects_with("recipients"))
    told = told.with_columns(
        group=pl.when(opens).then("subject").forward_fill(),
        since=pl.when(opens).then("statement").forward_fill(),
    )
    group = told["group"].set(~(told["since"] == told["statement"]).fill_null(False), None)
    some = pl.col("subject").is_in([*subjects_with("attribute"), *subjects_of("child_welfare"), *SEVERE])
    some &= pl.col("word").str.contains(pattern("some_people"))
    return pl.coalesce(pl.when(some).then(pl.lit(group)), "subject")


def _helped() -> pl.Expr:
    """Whether a word names those whom an aid itself counts: 帮扶困难家庭412户, 结对帮扶贫困户2317户."""
    poor = (pl.col("subject") == "poverty_monitoring") & pl.col("said_before").str.contains(pattern("helped"))
    poor |= pl.col("subject").is_in(subjects_of("child_welfare")) & pl.col("said_before").str.contains(
        pattern("helped")
    )
    return poor | (pl.col("subject") == "hardship_household")


def _dealt_with() -> pl.Expr:
    """The subject of a word: that of people in need who are visited is the visit (走访低保对象220户), that of
    what is looked at the inspection (检查养老机构23家次), that of people taught the training.
    """
    visited = (pl.col("head") == "person") & pl.col("said_before").str.contains(pattern("visited"))
    visited &= pl.col("subject").is_in(subjects_of("social_assistance"))
    # 走访慰问敬老院8所
    cheered = pl.col("head").is_in(["thing", "org"]) & pl.col("subject").is_in(subjects_with("beds"))
    visited |= cheered & pl.col("said_before").str.contains(pattern("home_cheered"))
    inspected = pl.col("head").is_in(["thing", "org"]) & pl.col("said_before").str.contains(
        pattern("inspected")
    )
    # 应参加年检的社会组织651家
    inspected |= pl.col("said_before").str.contains(pattern("inspected_before"))
    # 排查违规建墓386处 are what was found
    inspected &= ~pl.col("subject").is_in(subjects_with("fault"))
    # 培训救助经办人员326人次
    trained = (pl.col("head") == "person") & pl.col("said_before").str.contains(pattern("trained"))
    trained &= ~pl.col("subject").is_in(subjects_with("taught"))
    organisations = pl.col("subject").is_in(subjects_of("social_organization"))
    return (
        pl.when(visited)
        .then(pl.lit("one_off_relief"))
        .when(inspected & organisations)
        .then(pl.lit("social_org_inspection"))
        .when(inspected)
        .then(pl.lit("inspection"))
        .when(trained)
        .then(pl.lit("training"))
        .otherwise("subject")
    )
