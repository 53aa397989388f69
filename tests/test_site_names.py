"""What the report browser calls an indicator."""

from pipeline.site.reference import Indicator, Reference
from pipeline.site.words import Label

BEDS = Indicator(
    "elder_bed.ratio",
    "养老床位比率",
    "Elder-care beds: share or rate",
    "elderly_care",
    "%",
    "elder_bed",
    "ratio",
)
RATE = Indicator(
    "dibao.ratio", "低保比率", "Dibao: share or rate", "social_assistance", "%", "dibao", "ratio"
)


def test_a_ratio_in_a_unit_that_counts_is_named_by_what_it_counts():
    reference = Reference(
        {"elder_bed.ratio": BEDS, "dibao.ratio": RATE}, {}, {},
        {"elder_bed": Label("养老床位", "Elder-care beds")}, frozenset(), frozenset(), {None, "", "%", "‰"},
        {"elder_bed.ratio": {"%", "张"}, "dibao.ratio": {"%", None}},
    )  # fmt: skip
    named = reference.indicator("elder_bed.ratio", "张")
    assert (named.zh, named.en) == ("每…养老床位（张）", "Elder-care beds per …")
    assert reference.indicator("elder_bed.ratio", "%") == BEDS
    assert reference.indicator("elder_bed.ratio").zh == "养老床位比率、每…养老床位（张）"
    assert reference.indicator("dibao.ratio") == RATE == reference.indicator("dibao.ratio", None)
