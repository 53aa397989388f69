"""Numbers that are of the number before them: parts of a whole, what follows all parts, growths, shares.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.subjects.features import PLACES
from pipeline.extraction.subjects.in_order import (
    FROM_AFAR,
    SUBJECT,
    taking,
    taking_the_next,
    taking_the_one_before,
)
from pipeline.extraction.words import subjects_of, subjects_with
from pipeline.reading.layout.compute import beside, latest
from pipeline.reading.layout.written import PERCENTAGE_POINT
from pipeline.vocabulary import pattern

SOON = 20  # characters between money and what it is put into


def parts_of_a_whole(rows: pl.DataFrame) -> pl.DataFrame:
    """What 其中 opens, counted as its whole is, and no subject of its own, is of the whole's.

    审批地名87条,其中道路39条、住宅小区31条; 乡级行政区划1316个,其中镇973个,乡17个
    """
    if rows["portion_at"].null_count() == rows.height:
        return rows
    place, portion = pl.int_range(pl.len(), dtype=pl.Int64), pl.col("portion_at")
    opens = (portion != portion.shift(1)).fill_null(portion.is_not_null())
    # 留守儿童5.27万人,比上年减少7.1%,其中…: no share is the whole
    counted = pl.when(pl.col("unit_class") != "share").then(place).forward_fill().shift(1)
    before = pl.when(portion.is_not_null() & opens).then(pl.coalesce(counted, place - 1)).forward_fill()
    whole = rows.select(whole=before)["whole"].fill_null(0).clip(0)
    told = (*SUBJECT, "unit", "unit_class", "sentence", "value", "end_at")
    # of 538户1097人,其中…301户 the households come before the members
    units = rows["unit"]
    pair = (units[whole] != units) & (units[(whole - 1).clip(0)] == units) & (whole > 0)
    whole = whole - pair.fill_null(False).cast(pl.Int64)
    # so they do of 1026户2871人308.4万元,其中…417户
    glued = rows.select(told=pl.col("prev_gap") <= 1)["told"].fill_null(False)
    of_three = (units[whole] != units) & (units[(whole - 2).clip(0)] == units) & (whole > 1)
    of_three &= glued[whole] & glued[(whole - 1).clip(0)]
    whole = whole - 2 * of_three.fill_null(False).cast(pl.Int64)
    of = rows.select(pl.col(told).name.prefix("of_"))[whole]
    # 低保对象1097人,其中建档立卡贫困户684人: what else those counted are makes them no other group
    subject, whole_subject = pl.col("subject"), pl.col("of_subject")
    trait = subject.is_in(subjects_with("attribute")) & whole_subject.is_in(subjects_with("recipients"))
    # 减免费用1200人,其中低保对象119人: who they are
    # 临时救助1026户,其中低保对象417户: of those who are helped once, too
    served = ~whole_subject.is_in(subjects_of("social_assistance")) | whole_subject.is_in(
        subjects_with("once")
    )
    # 临时救助金860万元,其中发给低保对象210万元: what came to them is of the same aid
    given = (pl.col("of_unit_class") == "money") & whole_subject.is_in(subjects_with("once"))
    served &= (pl.col("of_unit_class") == "people") | given
    trait |= subject.is_in(subjects_with("recipients")) & served & (pl.col("head") == "person")
    # 助餐点97个,其中城市社区68个: where the parts are
    places = (pl.col("unit_class") == "things") & subject.is_in(PLACES) & ~whole_subject.is_in(PLACES)
    # 总投资2000万元,其中福彩公益金500万元: where the money comes from
    source = (pl.col("unit_class") == "money") & subject.is_in(subjects_with("source"))
    # 其中争取上级资金2.88亿元 says itself what it is
    source &= ~pl.col("subject_word").str.contains(pattern("won"))
    # 投入794万元,其中慈善资金739万元
    source |= (pl.col("unit_class") == "money") & pl.col("quote_before").str.contains(pattern("fund_given"))
    # 福彩公益金640万元,其中用于养老服务410万元、殡葬设施145万元: what it was spent on
    source |= (pl.col("unit_class") == "money") & whole_subject.is_in(subjects_with("source"))
    # 募集善款1.4亿元,其中乡镇分会5816万元: who raised it
    source |= (pl.col("unit_class") == "money") & (whole_subject == "donation") & (subject == "charity_org")
    # 救助金1.36亿元,其中…临时救助610万元,其他1980万元: what is left is of no part
    rest = pl.col("quote_before").str.contains(pattern("rest_of_parts")) & (pl.col("rule") != "noun after")
    # 老年人9.6万人,其中独居老人1875人, 特困人员816人,其中入住敬老院205人: how they live
    people = (pl.col("unit_class") == "people") & (pl.col("of_unit_class") == "people")
    trait |= (subject == "elder_visit") & (whole_subject == "elder_population") & (pl.col("head") == "person")
    # 结婚登记2310对,其中跨省通办186对: how they were registered
    wed = ["marriage", "divorce"]
    registered = (pl.col("unit_class") == "couples") & (subject == "marriage_registration")
    # 结婚2310对、离婚903对,其中跨省通办186对 are of both
    both = rows["subject"][(whole - 1).clip(0)].is_in(wed) & (whole > 0)
    trait |= registered & whole_subject.is_in(wed) & ~pl.lit(both)
    # 收养登记17件,其中孤儿7件: whom they are about
    trait |= (whole_subject == "adoption") & subject.is_in(subjects_of("child_welfare"))
    housed = pl.col("head").is_in(["thing", "org"]) & whole_subject.is_in(subjects_with("recipients"))
    trait |= housed & people & pl.col("quote_before").str.contains(pattern("housed"))
    far = pl.col("rule").is_in(["carried over", "topic", "heading"])
    unnamed = (subject == "other") | far | trait | places | source | rest
    # 低保对象413户、1206人;其中一档77户: the semicolon parts no whole from what 其中 opens at once
    opened = pl.col("quote_before").str.contains(pattern("opens_parts"))
    apart = pl.col("sentence") - pl.col("of_sentence")
    near = (apart == 0) | ((apart == 1) & opened)
    part = (
        portion.is_not_null() & unnamed & (pl.col("of_end_at") <= portion) & (pl.col("of_subject") != "other")
        & (pl.col("value") <= pl.col("of_value")) & near
        & ((pl.col("of_unit") == pl.col("unit"))
           | ((pl.col("of_unit_class") == "things") & (pl.col("unit_class") == "things")))
    ).fill_null(False)  # fmt: skip
    return taking(rows, of, part)


def behind_all_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """What follows parts that add up to their whole, and names nothing itself, is said of the whole again.

    社会组织418家,其中社会团体132家、民办非企业单位286家,年内新成立19家: 19 social organisations
    """
    value, kind, sentence = pl.col("value"), pl.col("unit_class"), pl.col("sentence")
    place, whole = pl.int_range(pl.len(), dtype=pl.Int64), pl.lit(None, pl.Int64)
    for parts in (2, 3, 4):
        total = pl.sum_horizontal(value.shift(i) for i in range(parts))
        alike = (kind.shift(parts) == kind) & (kind.shift(1) == kind) & (sentence.shift(parts) == sentence)
        adds_up = ((total - value.shift(parts)).abs() < 0.5) & (total > parts) & alike
        whole = pl.when(adds_up).then(place - parts).otherwise(whole)
    known = rows.select(whole=whole)["whole"]
    if known.null_count() == rows.height:
        return rows
    rows = rows.with_columns(known, parts_to=pl.when(known.is_not_null()).then("end_at"))
    said = rows.select("whole", "parts_to", _of=pl.when(pl.col("whole").is_not_null()).then("sentence"))
    said = said.select(pl.all().forward_fill().shift(1))
    same = said["_of"] == rows["sentence"]
    rows = rows.with_columns(pl.when(same).then(said[c]).alias(c) for c in ("whole", "parts_to"))
    of = rows.select(pl.col(*SUBJECT, "unit_class", "end_at").name.prefix("of_"))[rows["whole"].fill_null(0)]
    taken = (
        (pl.col("rule") == "earlier clause") & (pl.col("unit_class") == pl.col("of_unit_class"))
        & (pl.col("at_t") > pl.col("of_end_at")) & (pl.col("at_t") < pl.col("parts_to"))
    ).fill_null(False)  # fmt: skip
    return taking(rows, of, taken).drop("whole", "parts_to")


def among_all(rows: pl.DataFrame) -> pl.DataFrame:
    """Those that a number opens, counted by what became of them, are of it: 18项指标中,完成的5项,滞后2项."""
    place, sentence = pl.int_range(pl.len(), dtype=pl.Int64), pl.col("sentence")
    opens = pl.col("quote_after").str.contains(pattern("opens_whole"))
    opens &= pl.col("unit_class").is_in(["things", "people", "events"])
    since = rows.select(since=latest(pl.when(opens.fill_null(False)).then(place), "sentence"))["since"]
    if since.null_count() == rows.height:
        return rows
    told = (*SUBJECT, "unit_written", "value", "clause")
    of = rows.select(pl.col(*told, "sentence").name.prefix("of_"))[since.fill_null(0)]
    named = pl.col("rule").is_in(["noun before", "noun after"]) & (pl.col("subject") != "other")
    # 96个乡镇中仍有11个没有专职干部: what they lack is not counted
    named &= ~pl.col("quote_after").str.contains(pattern("has_no_such"))
    some = (
        pl.lit(since).is_not_null() & (pl.lit(since) < place) & (pl.col("of_sentence") == sentence)
        & (pl.col("of_unit_written") == pl.col("unit_written")) & (pl.col("value") <= pl.col("of_value"))
        & ~named & (pl.col("of_subject") != "other")
    ).fill_null(False)  # fmt: skip
    return taking(rows, of, some)


def growths(rows: pl.DataFrame) -> pl.DataFrame:
    """A growth or share with no word of its own is of the number before it.

    桥梁17条,与2010年的64条相比增长35.9%; 脱贫户301户,占低保户数的55.9%
    """
    behind = pl.col("prev_end_at")
    share = pl.col("share_of_at") >= behind
    before = pl.col("quote_before")
    covers, bare = before.str.contains(pattern("covers")), before.str.contains(pattern("bare_rate"))
    told = (pl.col("delta_at") >= behind) | share | covers | bare
    grown = (pl.col("unit_class") == "share") & told.fill_null(False)
    # what stands behind 占 is the whole
    whole = (share & (pl.col("at_t") > pl.col("share_of_at"))).fill_null(False)
    whole |= covers & ((pl.col("at_t") >= pl.col("end_at")) | pl.col("subject").is_in(PLACES))
    # 群众满意率97.3% is of what they are content with
    # 与乡镇卫生院签订协议,签约率100%: nor what the office has nothing to do with
    elsewhere = pl.col("subject").is_in(subjects_with("work")) | (pl.col("subject") == "other")
    named = (pl.col("at_t") >= behind) & ~whole & ~(bare & elsewhere)
    points = pl.col("unit").str.contains(PERCENTAGE_POINT)  # 占19.7%,高于全省2.8个百分点
    same = pl.col("sentence") == pl.col("sentence").shift(1)
    # 比上年增长1.7%,占财政支出的2.9%
    alike = same & (points | share | (pl.col("unit_class").shift(1) != "share"))
    # 老龄化率41.6%,居全省各县(市、区)第1位
    ranked = (pl.col("unit_class") == "rank") & before.str.contains(pattern("rank_of")) & same
    ranked &= pl.col("subject").is_in([*PLACES, "other"]) | (pl.col("at_t") < behind)
    of_it = (grown & ~named.fill_null(False) & alike & (pl.col("rule") != "respectively")).fill_null(False)
    # 护理型床位占比48.6%,养老床位5200张,比2020年增加600张
    amount = (pl.col("delta_at") >= behind) & same & (pl.col("unit") == pl.col("unit").shift(1))
    amount &= pl.col("rule").is_in(FROM_AFAR) & (pl.col("clause") - pl.col("clause").shift(1) == 1)
    amount &= (pl.col("subject").shift(1) != "other") & (pl.col("unit_class") != "share")
    amount &= pl.col("rule").shift(1).is_in(["noun before", "noun after"])
    return taking_the_one_before(rows, of_it | (ranked | amount).fill_null(False))


def in_each_place(rows: pl.DataFrame) -> pl.DataFrame:
    """A kind of place, not counted itself, says where what was counted or shared before is so much.

    覆盖率72.6%,城市社区达到100%; 平均每个城市社区12.4个、农村社区5.8个
    """
    kind, before = pl.col("unit_class"), pl.col("quote_before")
    place = pl.col("subject").is_in(PLACES) & before.str.contains(pattern("of_each_place"))
    mean = before.str.contains(pattern("mean_of_places"))
    mean |= (mean.shift(1) & (pl.col("sentence") == pl.col("sentence").shift(1))).fill_null(False)
    told = (
        place & (kind == kind.shift(1)) & ~pl.col("subject").shift(1).is_in([*PLACES, "other"])
        & (pl.col("sentence") == pl.col("sentence").shift(1)) & pl.col("share_of_at").is_null()
        & ((kind == "share") | (kind == "things") & mean)
    ).fill_null(False)  # fmt: skip
    rows = taking_the_one_before(rows, told)
    # 城市社区平均有10个以上、农村社区平均有5个以上的社区社会组织: the noun is said once, behind the last
    of_next = rows.select(pl.col(*SUBJECT, "sentence", "right").shift(-1).name.prefix("of_"))
    said_last = (
        place & (kind == "things") & (kind == kind.shift(-1)) & mean & pl.lit(of_next["of_right"])
        & pl.lit(of_next["of_sentence"] == rows["sentence"]) & ~pl.lit(of_next["of_subject"]).is_in(PLACES)
    ).fill_null(False)  # fmt: skip
    return taking(rows, of_next, said_last)


def source_for(rows: pl.DataFrame) -> pl.DataFrame:
    """投入福彩公益金450万元,建设互助养老点30个: money from a fund is of what it is put into at once."""
    after = (pl.col(c).shift(-1) for c in ("at", "sentence", "subject", "unit_class"))
    next_at, next_sentence, next_subject, next_class = after
    sources = subjects_with("source")
    told = (
        (pl.col("subject") == "welfare_lottery") & (pl.col("unit_class") == "money")
        & pl.col("quote_before").str.contains(pattern("put_in"))
        & (next_sentence == pl.col("sentence")) & (next_at - pl.col("end_at") <= SOON)
        & next_class.is_in(["things", "beds", "people"]) & ~next_subject.is_in([*sources, "other"])
    ).fill_null(False)  # fmt: skip
    return taking_the_next(rows, told)


def further_in_row(rows: pl.DataFrame) -> pl.DataFrame:
    """照料护理标准分别为420元、840元、1260元: each further number of a row is of what the first is of."""
    told = (
        (pl.col("nth") > 1) & (pl.col("prev_gap") <= 1) & (pl.col("sentence") == pl.col("sentence").shift(1))
        & ~pl.col("rule").is_in(["noun after", "respectively"])
    ).fill_null(False)  # fmt: skip
    return taking_the_one_before(rows, told)


def room_for(rows: pl.DataFrame) -> pl.DataFrame:
    """建筑面积2950平方米,可容纳老人120名: those for whom there is room are said of the house."""
    before = pl.col("subject").shift(1)
    told = (
        (pl.col("unit_class") == "people") & pl.col("quote_before").str.contains(pattern("holds"))
        & before.is_in(subjects_with("beds")) & (pl.col("sentence") == pl.col("sentence").shift(1))
        & ~pl.col("subject").is_in(subjects_with("beds"))
    ).fill_null(False)  # fmt: skip
    return taking_the_one_before(rows, told)


def aid_by_organisations(rows: pl.DataFrame) -> pl.DataFrame:
    """46家社会组织参与脱贫攻坚,落实帮扶资金3820万元: what organisations with a number gave in their sentence
    is theirs, whoever got it.
    """
    kind, sentence = pl.col("unit_class"), pl.col("sentence")
    doer = (
        (pl.col("subject") == "social_org") & (kind == "things")
        & pl.col("rule").is_in(["noun after", "noun before"])
        & (pl.col("quote_after").str.contains(pattern("takes_part"))
           | pl.col("quote_before").str.contains(pattern("made_take_part")))
    ).fill_null(False)  # fmt: skip
    since = latest(pl.when(doer).then(sentence), pl.col("at") // DOCUMENT)
    given = (
        (since == sentence) & pl.col("subject").is_in(subjects_with("aided")) & ~doer
        & kind.is_in(["money", "people"]) & ((kind == "money") | ~pl.col("right"))
    ).fill_null(False)  # fmt: skip
    return rows.with_columns(subject=pl.when(given).then(pl.lit("social_org")).otherwise("subject"))


def registered_again(rows: pl.DataFrame) -> pl.DataFrame:
    """社会团体7家、民办非企业单位5家,注销3家: what names no kind behind two kinds is of all organisations."""
    subject, sentence = pl.col("subject"), pl.col("sentence")
    kinds = subjects_with("organisation")
    kind = pl.when(subject.is_in(kinds)).then(subject)
    text = pl.col("at") // DOCUMENT
    one, other = (beside(kind, n, text) for n in (1, 2))
    two = (
        (one != other)
        & (sentence.shift(1) - sentence.shift(2) <= 1) & (sentence - sentence.shift(1) <= 1)
    )  # fmt: skip
    named = pl.col("quote_before").str.contains(pattern("registers"))
    # 办理变更登记88件
    named &= (pl.col("unit_class") == "things") | (pl.col("unit_class") == "events")
    unnamed = pl.col("rule").is_in(FROM_AFAR)
    unnamed |= subject.is_in(PLACES)  # 县(市)区2798家
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    opens = (two & named & unnamed & kind.is_not_null()).fill_null(False)
    # 新登记11个,注销6个: the next one too
    since = place - latest(pl.when(opens).then(place), text)
    goes_on = (since <= 2) & named & unnamed & kind.is_not_null() & (sentence == sentence.shift(1))
    told = opens | goes_on.fill_null(False)
    return rows.with_columns(subject=pl.when(told).then(pl.lit("social_org")).otherwise("subject"))
