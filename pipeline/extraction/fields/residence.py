"""Whether a value speaks of town, of country, or of both.

A cue (城市, 农村, 城乡 …) holds in its clause, and for its own benefit to the end of its sentence; before a
noun that follows the number only a cue beside that noun counts. What is said behind both is of both, unless
a pair of figures takes them up in their order.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.residence_above import headed_by, labels, subjects_of_rule
from pipeline.extraction.fields.residence_cues import cues_behind, cues_in_words, residence_cues
from pipeline.reading.layout.compute import latest

TAKES = (
    "q", "at", "end_at", "line", "statement", "sentence",
     "clause", "subject", "head", "at_t", "rule", "measure", "change",
    "unit_class", "pair",
)  # fmt: skip
PAIRED = ("rate", "share", "money", "people")  # classes that come in pairs of town and country
OF_A_HOUSE = ("beds", "capacity", "persons", "person_times", "investment", "floor_area")  # measures


def residence(cues: Cues, rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Give `residence`: urban, rural or total (where neither is said), a row a row.

    `rows`: `TAKES`, in the order of the text. `tokens`: see `subjects.words.find_subject_words`.
    """
    rows = cues.beside(
        rows.select(TAKES), "respectively", "respectively_at", "portion_at", "own_at", "restated_at"
    )
    of_head = cues.of("residence").select("at", "value")[cues.choose(rows, "residence", heads=True)]
    said = residence_cues(cues, tokens, rows)
    headed = headed_by(of_head, said, rows)
    rows = rows.join_asof(said, left_on="at", right_on="cue_at", strategy="backward", check_sortedness=False)
    # 特困人员870人(城市26人),集中供养…: what a bracket says ends with it
    outer = rows.select("at").join_asof(
        said.filter(pl.col("cue_until").is_null()), left_on="at", right_on="cue_at", strategy="backward",
        check_sortedness=False, coalesce=False,
    )  # fmt: skip
    closed = rows.select((pl.col("cue_until") < pl.col("at")).fill_null(False)).to_series()
    rows = rows.with_columns(
        pl.when(closed).then(outer[c]).otherwise(pl.col(c)).alias(c) for c in said.columns
    )
    rows = rows.join(cues_in_words(said, rows), on="q", how="left", maintain_order="left")
    rows = rows.with_columns(in_order=_in_order(), stated=_stated(), headed=headed)
    rows = rows.with_columns(stated=pl.coalesce("stated", cues_behind(said, rows)))
    rows = rows.with_columns(said=pl.coalesce("in_order", "stated"))
    # a share speaks of the value two places before it
    taken_up = (pl.col("rule") == "respectively") & pl.col("in_order").is_null()
    for name in ("sentence", "subject"):
        taken_up = taken_up & (pl.col(name).shift(2) == pl.col(name)).fill_null(False)
    rows = rows.with_columns(said=pl.when(taken_up).then(pl.col("said").shift(2)).otherwise("said"))
    rows = rows.with_columns(said=pl.coalesce(_like_pair_before(), "said"))
    named = pl.col("subject").is_in(subjects_of_rule("name"))
    # a section on town or country: 一、城镇低保
    under = pl.when(pl.col("subject").is_in(subjects_of_rule("carries"))).then("headed")
    # 农村低保对象413户;其中一档77户: a part of what the sentence before named
    part = pl.col("portion_at").is_not_null() & (pl.col("cue_sentence") != pl.col("sentence")) & ~_of_all()
    part = (part & pl.col("said").is_null()).fill_null(False)
    whole = {
        name: latest(pl.when(~part).then(pl.col(name).fill_null("")), "statement")
        for name in ("said", "subject")
    }
    alone = latest(pl.when(~part).then(~pl.col("cue_both").fill_null(True)), "statement")
    taken = (
        part
        & alone
        & (whole["subject"] == pl.col("subject"))
        & pl.col("subject").is_in(subjects_of_rule("carries"))
    )
    rows = rows.with_columns(
        said=pl.when(taken.fill_null(False) & (whole["said"] != "")).then(whole["said"]).otherwise("said")
    )
    # 农村3120户,城镇312户,共3432户: of both
    in_sum = (pl.col("restated_at") > pl.col("cue_at")) & pl.col("cue_both")
    in_sum |= (pl.col("restated_at").shift(1) == pl.col("restated_at")) & in_sum.shift(1)
    rows = rows.with_columns(said=pl.when(~in_sum.fill_null(False)).then("said").otherwise(pl.lit("total")))
    # 农村五保。供养五保对象1236人: what the line begins with
    labelled = rows.select("at", "line", "subject").join_asof(
        labels(said, cues, rows), left_on="at", right_on="label_at", by=["line", "subject"],
        strategy="backward", check_sortedness=False,
    )  # fmt: skip
    label = pl.when(pl.col("subject").is_in(subjects_of_rule("carries")) & ~_of_all()).then(
        pl.lit(labelled["label"])
    )
    rows = rows.with_columns(said=pl.coalesce("said", label, under))
    # 农村五保对象764名,集中供养率15%: a share of those before it, or what these were given
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "subject"))
    share = (pl.col("unit_class") == "share") & alike & ~pl.col("cue_both").fill_null(False)
    gift = (pl.col("measure") == "expenditure") & pl.col("subject").is_in(subjects_of_rule("given"))
    share |= gift & alike & (pl.col("unit_class").shift(1) == "people") & ~_of_all()
    rows = rows.with_columns(
        said=pl.when(share & pl.col("said").is_null()).then(pl.col("said").shift(1)).otherwise("said")
    )
    # 农村五保对象2984人。集中供养每人每年2400元: an amount of those before it in a line on them alone
    for_each = pl.col("measure").is_in(["standard", "average"]) & pl.col("subject").is_in(
        subjects_of_rule("carries")
    )
    before = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("line", "subject"))
    for_each &= before & ~pl.col("cue_of_both").fill_null(True) & pl.col("said").is_null() & ~_of_all()
    last = latest(pl.when(~for_each.fill_null(False)).then(pl.col("said").fill_null("")), "line")
    rows = rows.with_columns(
        said=pl.when(for_each.fill_null(False) & (last != "")).then(last).otherwise("said")
    )
    rows = rows.with_columns(said=pl.coalesce("said", _of_the_house()))
    # 退役士兵168人,其中城镇37人、农村131人: right before the number a cue is its own
    own = (pl.col("cue_end") == pl.col("at")) & (pl.col("subject") == "veteran")
    named &= ~own.fill_null(False)
    return rows.select(
        residence=pl.when(named | pl.col("said").is_null()).then(pl.lit("total")).otherwise("said")
    )


def _of_the_house() -> pl.Expr:
    """新建农村公益性公墓3处,新增墓穴1800个: beds, guests and costs of what was counted in town or country."""
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "subject"))
    alike &= ~pl.col("cue_both").fill_null(True) & ~_of_all() & pl.col("measure").is_in(OF_A_HOUSE)
    of_some = (pl.col("portion_at") > pl.col("cue_at")).fill_null(False)  # 其中河口镇敬老院增设床位60张
    goes_on = (alike & pl.col("said").is_null()).fill_null(False) & ~of_some
    house = (pl.col("measure") == "count") & (pl.col("unit_class") == "things")
    told = pl.when(house).then("said").otherwise(pl.lit(""))
    last = latest(pl.when(~goes_on).then(told.fill_null("")), "sentence")
    return pl.when(goes_on & last.is_in(["urban", "rural"])).then(last)


def _of_all() -> pl.Expr:
    """全县…: what is said of the whole area behind the last cue."""
    return (pl.col("own_at") > pl.col("cue_at")).fill_null(False) & (
        pl.col("cue_sentence") == pl.col("sentence")
    )


def _stated() -> pl.Expr:
    """What the nearest cue says, where it holds for the quantity."""
    same_sentence = (pl.col("cue_sentence") == pl.col("sentence")).fill_null(False)
    same_clause = (pl.col("cue_clause") == pl.col("clause")).fill_null(False)
    own = pl.col("cue_subject").is_null() | (pl.col("cue_subject") == pl.col("subject"))
    # 资助农村五保对象参加新农合312人: whom it was given to
    first = (pl.col("cue_next_q") == pl.col("at")).fill_null(False)
    given = pl.col("subject").is_in(subjects_of_rule("given")) & pl.col("cue_subject").is_in(
        subjects_of_rule("group")
    )
    own |= (given & first & (pl.col("unit_class") == "people")).fill_null(False)
    at_once = (pl.col("at") - pl.col("cue_end")) <= 3
    numbered = (pl.col("cue_next_q") - pl.col("cue_end") <= 2).fill_null(False)
    # 农村低保1204户2011人,发放826万元: the money is of the country too
    part = (pl.col("portion_at") > pl.col("cue_at")).fill_null(False)  # of what was named last
    # 农村五保供养资金34万元,特困供养资金205万元: the same thing named again without the word
    again = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("subject", "measure", "unit_class"))
    again = (again & (pl.col("clause") != pl.col("clause").shift(1))).fill_null(False) & ~part
    again = again & (pl.col("rule") == "noun before") & (pl.col("unit_class") == "money")
    again &= (pl.col("change") == "level") & (pl.col("head") == "money")
    # 农村特困人员全部入住,集中供养率达到62%: but of a share only where no number stands between
    # 城市低保对象312人,发放31万元,农村低保对象420人,发放27万元: each has its own
    paired = pl.col("cue_paired").list.contains("money") & (pl.col("unit_class") == "money")
    paired &= pl.col("unit_class").cum_count().over("cue_at", "unit_class") == 1
    # 农村低保对象420人,城市低保标准790元,人均补差410元: what is told of the last alone goes on
    rated = (pl.col("unit_class") == "rate") & (pl.col("unit_class").shift(1) == "rate")
    rated &= (pl.col("cue_at") == pl.col("cue_at").shift(1)) & (
        pl.col("measure") != pl.col("measure").shift(1)
    )
    paired |= rated.fill_null(False)
    carried = (
        same_sentence & own & (~pl.col("cue_both") | part | paired)
        & pl.col("subject").is_in(subjects_of_rule("carries"))
        & (pl.col("cue_subject").is_not_null() | numbered | (pl.col("cue_of") == pl.col("subject")))
        & ((pl.col("unit_class") != "share") | first) & ~again
    )  # fmt: skip
    for_each = (pl.col("measure") == "ratio") & (pl.col("unit_class") != "share")  # 每个城市社区平均拥有…
    before_number = (same_clause & (own | at_once | for_each)) | carried
    # 为城市低保对象3426户7182人发放保障金: those who are named before the number, too
    members = first.shift(1) & (pl.col("at") - pl.col("end_at").shift(1) <= 1)
    theirs = (pl.col("cue_subject") == pl.col("subject")) & (first | members.fill_null(False))
    theirs &= pl.col("unit_class") == "people"
    before_noun = same_clause & ((at_once & pl.col("cue_subject").is_null()) | theirs | for_each)
    after = pl.col("rule") == "noun after"
    holds = pl.when(after).then(before_noun).otherwise(before_number).fill_null(False)
    near = pl.col("rule").is_in(["noun before", "noun after", "earlier clause"])
    level = (pl.col("unit_class") == "share") & (pl.col("change") != "delta")
    near = near & ~(level & (pl.col("rule") == "earlier clause"))
    # 提高农村低保标准 | 4200元/年 | 不低于4600元/年: carried over within its line
    carried_on = pl.col("rule").is_in(["carried over", "topic"]) & (pl.col("beside_line") == pl.col("line"))
    # 城市低保…,农村低保…。全年取消不符合条件对象612户: of both
    # 城市低保70万元,农村低保312万元。累计发放3402万元
    sums = pl.col("change").is_in(["added", "removed"]) | (pl.col("measure") == "expenditure")
    carried_on &= ~(sums & pl.col("cue_of_both"))
    near = near | carried_on.fill_null(False)
    # 其中农村福利院19家、民办12家: the next part is of another kind
    one_after_one = pl.all_horizontal(
        pl.col(c) == pl.col(c).shift(1) for c in ("clause", "subject", "measure")
    )
    sibling = one_after_one & (pl.col("unit_class") == "things") & (pl.col("cue_at") > pl.col("portion_at"))
    sibling &= (pl.col("cue_at") < pl.col("at").shift(1)) & (pl.col("rule") != "noun after")
    # 农村福利院24所、民办养老机构7家: so is what is named anew behind a number
    anew = one_after_one & pl.col("head").is_in(["org", "thing"]) & (pl.col("rule") == "noun before")
    anew &= (pl.col("cue_at") < pl.col("at").shift(1)) & (pl.col("at_t") > pl.col("at").shift(1))
    sibling = (sibling | anew).fill_null(False)
    # 一是农村老龄化程度加深,全县60岁以上人口占24.8%
    whole = (pl.col("own_at") > pl.max_horizontal("cue_at", "at_t")).fill_null(False) & ~same_clause
    # 城市312人,农村2310人,发放2100万元: what neither had alone is of both
    of_both = pl.col("cue_both") & same_sentence & ~same_clause & (pl.col("change") != "delta")
    # 农村低保64户,城镇低保15户,调出8户: nor did either come or go
    moved = pl.col("change").is_in(["added", "removed"])
    moved &= ~(moved & same_clause).any().over("cue_at") & ~pl.col("cue_changes").list.contains(
        pl.col("change")
    )
    unlike = (pl.col("cue_between") != pl.col("unit_class")).fill_null(True) | moved.fill_null(False)
    of_both &= unlike & ~part
    of_both &= pl.col("unit_class").is_in(["money", "people"]) & ~pl.col("measure").is_in(
        ["standard", "average"]
    )
    barred = whole | sibling | of_both.fill_null(False)
    holds, near = holds & ~barred, near & ~barred
    return pl.coalesce(
        pl.when(after).then("beside"), pl.when(holds).then("cue"), pl.when(near).then("beside")
    )


def _in_order() -> pl.Expr:
    """城乡标准分别为A和B: the first of a pair is urban, the second rural, or as the text lists them."""
    same_sentence = (pl.col("cue_sentence") == pl.col("sentence")).fill_null(False)
    same_clause = (pl.col("cue_clause") == pl.col("clause")).fill_null(False)
    fits = same_sentence & pl.col("unit_class").is_in(PAIRED)
    # 城市低保、农村低保标准分别提高5%和8%
    apart = (pl.col("respectively_at") > pl.col("cue_at")) & ~pl.col("cue_joint")
    behind_both = ~same_clause | apart
    # 农村低保4021户,城乡标准分别为700元、460元: what is said of both at once is not of what stood before
    listed = (
        fits
        & pl.col("cue_both")
        & (pl.col("cue") != "total")
        & behind_both
        & pl.col("respectively").is_not_null()
    )
    listed = listed & (pl.col("portion_at") > pl.col("cue_at")).fill_null(False).not_()
    # 城市、农村低保对象分别为312人、486人, but no households and persons
    other = (
        pl.when(pl.col("pair") == 1).then(pl.col("measure").shift(-1)).otherwise(pl.col("measure").shift(1))
    )
    listed = listed & ((pl.col("unit_class") != "people") | (other == pl.col("measure")))
    # 城市标准1792元,农村标准分别为1806元、2413元: the first has its own
    listed = listed & ~(same_clause & (pl.col("cue_between") == pl.col("unit_class")).fill_null(False))
    told = pl.col("respectively").is_not_null() & (other == pl.col("measure"))
    joint = (
        fits
        & ((pl.col("unit_class") != "people") | told)
        & pl.col("cue_joint")
        & ((pl.col("rule") != "noun after") & (same_clause | (pl.col("rule") != "respectively")))
    )
    # 城市低保金2107万元、农村低保金2564万元。月人均补助435元和301元: what each of both groups gets
    told_both = pl.col("cue_both") & (pl.col("cue") != "total") & ~same_clause & ~pl.col("cue_joint")
    near = (pl.col("cue_line") == pl.col("line")) & (pl.col("sentence") - pl.col("cue_sentence") <= 1)
    each = told_both & near & (pl.col("unit_class") == "rate") & (other == pl.col("measure"))
    each &= (pl.col("cue_subject") == pl.col("subject")) & (
        pl.col("portion_at") > pl.col("cue_at")
    ).fill_null(False).not_()
    listed |= each.fill_null(False)
    first, second = pl.col("pair") == 1, pl.col("pair") == 2
    # 城乡低保、特困、孤儿标准分别为630元、819元、1450元: each is of another thing, and no half of one
    subject = pl.col("subject")
    partner = pl.when(first).then(subject.shift(-1)).otherwise(subject.shift(1))
    joint &= (partner == subject) | pl.col("cue_subject").is_null()
    return (
        pl.when(listed & first).then("cue_before").when(listed & second).then("cue")
        .when(joint & first).then(pl.lit("urban")).when(joint & second).then(pl.lit("rural"))
    )  # fmt: skip


def _like_pair_before() -> pl.Expr:
    """城乡标准分别达到765元、515元;人均补差水平为520元、375元: a pair like the one before it."""
    same = ("statement", "subject")
    told = pl.when(pl.col("said") != "total").then("said")
    first, second = (pl.when(pl.col("pair") == n).then(told).forward_fill().over(same) for n in (1, 2))
    open_ = (pl.col("said") != "total").not_().fill_null(True) & (pl.col("change") == "level")
    pairs = open_ & (pl.col("unit_class") == "rate") & (first != second)
    return pl.when(pairs & (pl.col("pair") == 1)).then(first).when(pairs & (pl.col("pair") == 2)).then(second)
