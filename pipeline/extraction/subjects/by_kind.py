"""Quantities whose subject their own kind decides: their unit, its class, or how places are listed."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.subjects.features import PLACES
from pipeline.extraction.words import subjects_of, subjects_with
from pipeline.reading.layout.compute import beside
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

ALONE, DO, OF = (
    ("towns_alone", "villages_alone", "communities_alone"),
    ("towns_do", "villages_do", "communities_do"),
    ("towns_of", "villages_of", "communities_of"),
)
AGED = (
    "elder_population",
    "elder_visit",
    "elder_community",
)  # parts that tell how many older people there are
AT_ONCE = 4  # characters between a number of places and what is told of them


@cache
def _class_rules() -> dict[str, str]:
    """The subject that a class of quantity belongs to instead, by `subject/class` (by_class.csv)."""
    return {f"{r['subject']}/{r['class']}": r["gives"] for r in vocabulary("subjects/by_class.csv")}


@cache
def _units() -> dict[str, str]:
    """The subject that a unit names by itself (unit_subjects.csv)."""
    return {r["unit"]: r["subject"] for r in vocabulary("subjects/unit_subjects.csv")}


def by_unit(rows: pl.DataFrame) -> pl.DataFrame:
    """现辖15镇3乡: where no noun stands near, the unit itself names what is counted."""
    named = pl.col("unit_written").replace_strict(_units(), default=None, return_dtype=pl.String)
    wed = (pl.col("unit_class") == "couples") & pl.col("quote_before").str.contains(
        pattern("couples_registered")
    )
    # 9个登记处为712对新人办理结婚登记
    wed |= (pl.col("unit_class") == "couples") & pl.col("quote_after").str.contains(pattern("couples_wed"))
    rows = rows.with_columns(
        subject=pl.when(wed.fill_null(False)).then(pl.lit("marriage")).otherwise("subject")
    )
    # 全市共计死亡1111人: those who died are no bodies cremated
    died = pl.col("quote_before").str.contains(pattern("died")) & (pl.col("unit_class") == "people")
    died &= pl.col("subject").is_in(subjects_with("dead"))
    # 发布老年助餐信息92条
    published = pl.col("quote_before").str.contains(pattern("published"))
    published &= pl.col("unit_written").is_in(["条", "篇", "期", "份"])
    # 出台社会组织参与治理措施16条, 制定养老机构管理规定12项: rules, whomever they are for
    ruled = pl.col("quote_before").str.contains(pattern("rules_made"))
    ruled &= pl.col("unit_written").is_in(["条", "项", "个", "份", "部", "件", "套"])
    ruled &= ~pl.col("subject").is_in([*subjects_with("work"), "village_affairs"])
    # 志愿者探访独居老人2600人次: whoever makes the visits
    visits = (pl.col("unit") == "人次") & pl.col("quote_before").str.contains(pattern("old_people_visited"))
    visits &= pl.col("subject") == "volunteer"
    rows = rows.with_columns(
        subject=pl.when(died.fill_null(False)).then(pl.lit("other"))
        .when(published.fill_null(False)).then(pl.lit("publicity"))
        .when(ruled.fill_null(False)).then(pl.lit("reform_work"))
        .when(visits.fill_null(False)).then(pl.lit("elder_visit"))
        .otherwise("subject")
    )  # fmt: skip
    # 低保、特困老人每餐5元: what a meal costs, whoever eats it
    meal = (pl.col("unit") == "元/餐").fill_null(False)
    rows = rows.with_columns(subject=pl.when(meal).then(pl.lit("meal_point")).otherwise("subject"))
    # 9家养老机构床位1369张 are nine homes
    homes = (pl.col("subject") == "elder_bed") & (pl.col("head") == "beds")
    homes &= pl.col("unit_written").is_in(["家", "所", "处"])
    rows = rows.with_columns(subject=pl.when(homes).then(pl.lit("elder_institution")).otherwise("subject"))
    # 养老机构43家,每千名老年人拥有床位38张: so many for all older people are not those of the homes
    per_elder = (pl.col("unit_class") == "beds") & pl.col("quote_before").str.contains(pattern("per_elder"))
    per_elder &= pl.col("subject") == "elder_institution"
    # 今年计划改造900户, in a part on care of the aged
    adapted = (pl.col("unit") == "户") & pl.col("quote_before").str.contains(pattern("adapted"))
    adapted &= pl.col("subject").is_in(subjects_of("elderly_care"))
    rows = rows.with_columns(
        subject=pl.when(per_elder.fill_null(False)).then(pl.lit("elder_bed"))
        .when(adapted.fill_null(False)).then(pl.lit("home_adaptation"))
        .otherwise("subject")
    )  # fmt: skip
    # 全县18个镇,26个社区: so does the noun behind it
    after, things = pl.col("quote_after"), pl.col("unit_class") == "things"
    things &= ~pl.col("quote_before").str.contains(pattern("covers"))
    # 【区划地名】全县辖6镇3乡: towns that are listed in their own unit are towns, whatever is named before
    listed = named.is_in(PLACES) & pl.col("quote_before").str.contains(pattern("divided_into"))
    listed |= named.is_in(PLACES) & (named.shift(1).is_in(PLACES)) & (pl.col("prev_gap") == 0)
    listed |= named.is_in(PLACES) & (named.shift(-1).is_in(PLACES)) & (pl.col("prev_gap").shift(-1) == 0)
    # 9县市均已建成: so are those that all do something
    listed |= named.is_in(PLACES) & after.str.contains(pattern("all_of_them"))
    named = pl.coalesce(named, *(pl.when(things & hit).then(pl.lit(s)) for s, hit in _places(after, ALONE)))
    bare = (
        pl.col("rule").is_in(["none", "carried over", "topic", "heading", "earlier clause"])
        & named.is_not_null()
    ) | listed.fill_null(False)
    return rows.with_columns(
        subject=pl.when(bare).then(named).otherwise("subject"),
        subject_word=pl.when(bare).then("unit_written").otherwise("subject_word"),
    )


def villages_and_communities(rows: pl.DataFrame) -> pl.DataFrame:
    """232个村、36个社区完成换届, 12个社区的低保对象: such numbers count the places, whatever they do."""
    things, after = pl.col("unit_class") == "things", pl.col("quote_after")
    villages = (things & after.str.contains(pattern("listed_villages"))).fill_null(False)
    does = pl.coalesce(pl.when(things & hit).then(pl.lit(place)) for place, hit in _places(after, DO))
    # 14个乡镇低保工作: of those who draw something no pieces are counted
    drawn = things & (
        pl.col("subject").is_in(subjects_with("recipients"))
        # 62个镇临时救助备用金, 247个村村规民约修订: no sums or deeds are so counted
        | pl.col("head").is_in(["person", "money", "activity", "topic"])
        & (pl.col("rule") == "noun after")
        & (pl.col("unit_written") == "个")
        & (pl.col("at_t") - pl.col("end_at") <= AT_ONCE)
    )
    # 全县辖9个镇: nor of what is named elsewhere
    drawn |= (
        things
        & (pl.col("unit_written") == "个")
        & after.str.contains(pattern("towns_end"))
        & (~pl.col("rule").is_in(["noun before", "noun after", "earlier clause"]))
    )
    does = pl.coalesce(does, *(pl.when(drawn & hit).then(pl.lit(place)) for place, hit in _places(after, OF)))
    # 11个乡镇受灾: how far a disaster went
    hit = things & after.str.contains(pattern("places_hit"))
    does = pl.coalesce(pl.when(hit).then(pl.lit("disaster_relief")), does)
    # 全国共有镇12455个、乡42654个
    divisions = things & (pl.col("unit_written") == "个")
    divisions &= pl.col("quote_before").str.contains(pattern("divisions_before"))
    does = pl.coalesce(pl.when(divisions).then(pl.lit("admin_division")), does)
    behind = villages.shift(1).fill_null(False) & things & (pl.col("prev_gap") <= 4)
    communities = (behind & after.str.contains(pattern("listed_communities"))).fill_null(False)
    # 村委会80个、社区59个
    named = things & pl.col("quote_before").str.contains(pattern("listed_community_before"))
    named &= pl.col("subject").is_in(["village", "admin_division"])
    communities |= (named & (pl.col("subject").shift(1).is_in(PLACES))).fill_null(False)
    pair = villages & communities.shift(-1).fill_null(False)
    return rows.with_columns(
        subject=pl.when(pair)
        .then(pl.lit("village"))
        .when(communities)
        .then(pl.lit("community"))
        .otherwise(pl.coalesce(does, "subject")),
        head=pl.when(does.is_not_null()).then(pl.lit("thing")).otherwise("head"),
    )


def _places(after: pl.Expr, names: tuple[str, ...]) -> list[tuple[str, pl.Expr]]:
    """Each kind of place, and whether the text behind a number names it (the pattern of that name)."""
    return [(place, after.str.contains(pattern(name))) for place, name in zip(PLACES, names, strict=True)]


def of_an_office(rows: pl.DataFrame) -> pl.DataFrame:
    """下属社会福利院、救助管理站等6个单位: the offices of a bureau, whatever the last of them is.

    147家社会组织年检率: the organisations, not their reports; 考评位列全市第二: the bureau, where nothing is
    named near. Points that it gives or takes off are of nothing.
    """
    before, behind, things = pl.col("quote_before"), pl.col("quote_after"), pl.col("unit_class") == "things"
    offices = things & before.str.contains(pattern("own_units"))
    offices &= behind.str.contains(pattern("units_behind"))
    offices |= things & before.str.contains(pattern("units_before"))
    unnamed = pl.col("rule").is_in(["none", "carried over", "topic", "heading", "title"])
    appraised = (pl.col("unit") == "位") & before.str.contains(pattern("appraised")) & unnamed
    checked = things & behind.str.contains(pattern("organisations_checked"))
    # 局机关编制14名,实有12人: its own people, where no other office of its is named
    people = (pl.col("unit_class").is_in(["people", "things"])) & pl.col("unit").is_in(["人", "个"])
    posts = people & before.str.contains(pattern("own_posts"))
    posts &= unnamed | before.str.contains(pattern("posts_of_bureau"))
    filled = people & before.str.contains(pattern("posts_filled")) & posts.shift(1)
    filled &= pl.col("sentence") == pl.col("sentence").shift(1)
    # 计划新建30座,完工27座,扣1分: points of an appraisal are of none of it
    scored = (pl.col("unit_written") == "分") & before.str.contains(pattern("scored"))
    return rows.with_columns(
        subject=pl.when((offices | posts | filled).fill_null(False)).then(pl.lit("reform_work"))
        .when(scored.fill_null(False)).then(pl.lit("other"))
        .when(checked.fill_null(False)).then(pl.lit("social_org"))
        .when(appraised.fill_null(False)).then(pl.lit("reform_work"))
        .otherwise("subject")
    )  # fmt: skip


def looked_into(rows: pl.DataFrame) -> pl.DataFrame:
    """立案查处骨灰装棺再葬3起, 审计查出问题84个: cases taken up and faults found, whatever they are about."""
    subject, cases = pl.col("subject"), pl.col("unit_written").is_in(["起", "件", "宗"])
    taken_up = cases & pl.col("quote_before").str.contains(pattern("taken_up"))
    faults = pl.col("unit_class").is_in(["things", "events"])
    taken_up |= faults & pl.col("quote_before").str.contains(pattern("faults_found"))
    # 审计了福利院6家、救助站2家: so are those whom it looked into
    taken_up |= (pl.col("unit_class") == "things") & pl.col("quote_before").str.contains(pattern("audited"))
    # 查处违规建墓2起,处理3人: so are those who were punished for it
    punished = (pl.col("unit") == "人") & pl.col("quote_before").str.contains(pattern("punished"))
    taken_up &= ~subject.is_in(subjects_with("fault"))
    taken_up = (taken_up | punished) & ~subject.is_in(subjects_with("work"))
    # 抽查低保12次,入户216户: so are the homes it entered
    entered = (pl.col("unit") == "户") & pl.col("quote_before").str.contains(pattern("homes_entered"))
    entered &= pl.col("sentence") == pl.col("sentence").shift(1)
    taken_up |= entered & ((subject.shift(1) == "inspection") | taken_up.shift(1))
    by_whom = pl.when(subject.is_in(subjects_of("social_organization"))).then(pl.lit("social_org_inspection"))
    looked_into = by_whom.otherwise(pl.lit("inspection"))
    return rows.with_columns(subject=pl.when(taken_up.fill_null(False)).then(looked_into).otherwise(subject))


def aged_people(rows: pl.DataFrame) -> pl.DataFrame:
    """60岁以上常住人口33.6万, 百岁老人6人: people of an age to whom nothing is done are the population."""
    before, people = pl.col("quote_before"), pl.col("unit_class") == "people"
    aged = before.str.contains(pattern("aged_people")) & ~before.str.contains(pattern("served_people"))
    population, subject = pl.lit("elder_population"), pl.col("subject")
    # 80岁以上老人7268人领取高龄津贴,其中百岁老人11人
    drawn = pl.col("quote_after").str.contains(pattern("draws"))
    allowances = subjects_with("allowance")
    of_drawn = (beside(subject, n, pl.col("at") // DOCUMENT).is_in(allowances) for n in (1, 2))
    drawn |= pl.col("portion_at").is_not_null() & pl.any_horizontal(of_drawn).fill_null(False)
    aged = (people & aged & ~drawn & (pl.col("unit") != "人次")).fill_null(False)
    # 60周岁以上人口已占总人口的24.6%
    aged |= ((pl.col("unit_class") == "share") & before.str.contains(pattern("aged_share"))).fill_null(False)
    # 空巢、独居的6.4万人; 80岁以上1.66万人, named by no other word
    bare = before.str.contains(pattern("aged_bare")) & people & (pl.col("unit") != "人次") & ~drawn
    aged |= (
        bare
        & (
            pl.col("rule").is_in(["carried over", "topic", "heading", "title", "none"])
            & subject.is_in([*AGED, "other"])
            | (subject == "elder_visit")
            & (beside(subject, 1, pl.col("at") // DOCUMENT) == "elder_population")
        )
    ).fill_null(False)
    rows = rows.with_columns(subject=pl.when(aged).then(population).otherwise(subject))
    # 60岁以上703万人,占20.1%;其中65周岁及以上552.3万人
    before_it = (beside(subject, n, pl.col("at") // DOCUMENT) for n in (1, 2))
    after = pl.any_horizontal(told == population for told in before_it)
    older = people & before.str.contains(pattern("of_an_age")) & after
    # 为100岁以上的7位老人每月发放长寿补贴
    older = (older & ~before.str.contains(pattern("served_people"))).fill_null(False)
    return rows.with_columns(subject=pl.when(older).then(population).otherwise(subject))


def by_class(rows: pl.DataFrame) -> pl.DataFrame:
    """Money and people beside a charity belong to its projects, but those who give (head person) don't; what
    is spent of gifts does too: 募集善款5亿元,支出4亿元.
    """
    key = pl.concat_str(pl.col("subject"), pl.lit("/"), pl.col("unit_class").fill_null(""))
    given = key.replace_strict(_class_rules(), default=None, return_dtype=pl.String)
    # 出动车辆186台次 stands for no station
    given = pl.when(~pl.col("unit_written").str.contains(pattern("unit_of_use"))).then(given)
    before, behind = pl.col("quote_before"), pl.col("quote_after")
    gives = before.str.contains(pattern("giving")) | behind.str.contains(pattern("giving_behind"))
    giver = (pl.col("head") == "person").fill_null(False) | (gives & (pl.col("unit_class") != "money"))
    spent = (
        (pl.col("subject") == "donation") & (pl.col("unit_class") == "money")
        & pl.col("quote_before").str.contains(pattern("gifts_spent"))
    )  # fmt: skip
    received = (
        (pl.col("subject") == "charity_org") & (pl.col("unit_class") == "money")
        & before.str.contains(pattern("gifts_received"))
    )  # fmt: skip
    # 接收捐赠口罩4.5万只、消毒液820桶: goods that were given are no projects
    goods = pl.col("subject_word").str.contains(pattern("donated_goods"))
    giver |= (goods & (pl.col("unit_class") != "money")).fill_null(False)
    return rows.with_columns(
        subject=pl.when(spent).then(pl.lit("charity_project"))
        .when(received).then(pl.lit("donation"))
        .when(giver).then("subject").otherwise(pl.coalesce(given, "subject"))
    )  # fmt: skip
