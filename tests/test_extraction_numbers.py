"""Every number of a text is found once, told what it is, and read with its value and unit."""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from number_reading import documents, read_numbers

from pipeline.contracts.registry import columns, polars_schema
from pipeline.contracts.validate import validate
from pipeline.extraction.numbers import read as number_steps
from pipeline.extraction.numbers.find import find_numbers
from pipeline.extraction.numbers.kinds import KINDS
from pipeline.extraction.numbers.numerals import read_numeral
from pipeline.extraction.numbers.read import in_base_units, numbers_in, skipped_numbers, tell, with_units
from pipeline.extraction.numbers.units import parse_phrase
from pipeline.extraction.tables.stated import stated_unit
from pipeline.reading.layout.mending import read_text

SENTENCES = Path(__file__).parent / "data" / "number_sentences.txt"
LETTERS = {
    "d": "date",
    "l": "list_marker",
    "o": "document_no",
    "i": "identifier",
    "n": "name",
    "c": "condition",
    "r": "range_end",
}
LABEL = re.compile(r"(>=|<=|>|<|~|=)?\s*(?:(-?[0-9]+(?:\.[0-9]+)?)(?:\.\.([0-9]+(?:\.[0-9]+)?))?\s+)?(\S+)")


@cache
def of_this_module() -> dict[str, list[dict]]:
    """What is read of the texts of this module, in one go: each alone takes a tenth of a second."""
    written = ast.walk(ast.parse(Path(__file__).read_text("utf-8")))
    texts = sorted({n.value for n in written if isinstance(n, ast.Constant) and isinstance(n.value, str)})
    rows = read_numbers(documents(*texts)).partition_by("document_id", as_dict=True)
    found = (rows.get((f"{number:016x}",)) for number in range(len(texts)))
    return {text: [] if of is None else of.to_dicts() for text, of in zip(texts, found, strict=True)}


def read(text: str) -> list[dict]:
    known = of_this_module()
    return known[text] if text in known else read_numbers(documents(text)).to_dicts()


def measured(text: str) -> list[tuple]:
    """Value and unit of each measurement."""
    return [(row["value"], row["unit"]) for row in read(text) if row["kind"] == "measurement"]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(row["text"], row["kind"]) for row in read(text)]


def labelled(line: str) -> tuple[str, list[tuple[int, str, list[str]]]]:
    text, labels = "", []
    for part in re.split(r"(\{[^{}]*\|[^{}]*\})", line):
        if part.startswith("{") and "|" in part:
            digits, label = part[1:-1].split("|")
            labels.append((len(text), digits, [one.strip() for one in label.split(" or ")]))
            text += digits
        else:
            text += part
    return text, labels


def agrees(row: dict, digits: str, label: str) -> bool:
    if label in LETTERS or label == "m":
        return row["kind"] == LETTERS.get(label, "measurement")
    comparator, value, high, unit = LABEL.fullmatch(label).groups()
    if value is None:
        plain = digits.replace(",", "").replace("。", ".").replace(" ", "")
        value = read_numeral(plain).value
    return (
        row["kind"] == "measurement"
        and row["value"] == pytest.approx(float(value))
        and (high is None or row["value_high"] == pytest.approx(float(high)))
        and row["unit"] == unit
        and (comparator is None or row["comparator"] == comparator)
    )


def test_sentences_of_the_genre_are_read_as_labelled():
    lines = [line for line in SENTENCES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    cases = [labelled(line) for line in lines]
    rows = read_numbers(documents(*(text for text, _ in cases))).partition_by("document_id", as_dict=True)
    wrong = []
    for number, (text, labels) in enumerate(cases):
        found = {row["span_start"]: row for row in rows[(f"{number:016x}",)].iter_rows(named=True)}
        for at, digits, either in labels:
            row = found.get(at)
            if (
                row is None
                or row["text"] != digits
                or not any(agrees(row, digits, label) for label in either)
            ):
                wrong.append(
                    (text, digits, either, row and {k: row[k] for k in ("text", "kind", "value", "unit")})
                )
        extra = [row["text"] for row in found.values() if row["text"][0].isascii()]
        if len(extra) != sum(digits[0].isascii() for _, digits, _ in labels):
            wrong.append((text, "all digits once", extra))
    assert not wrong


def test_no_document_gives_a_frame_of_the_right_columns():
    for frame in (documents(), documents("", "没有数字。")):
        empty = numbers_in(read_text(frame).frame)
        assert empty.schema == polars_schema("frame.numbers") and empty.is_empty()


def test_each_step_hands_on_what_it_declares():
    lines = [line for line in SENTENCES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    readings = read_text(documents(*(labelled(line)[0] for line in lines))).frame
    found = validate(find_numbers(readings), "frame.numbers_found")
    rows = validate(with_units(found), "frame.numbers_with_units")
    told = validate(tell(rows), "frame.numbers_told")
    numbers = validate(in_base_units(told), "frame.numbers")
    assert numbers.equals(numbers_in(readings))


def test_no_step_leaves_a_column_that_is_not_declared(monkeypatch):
    # what one step of numbers/read.py adds for the next but one: an approximation, and what stands before
    own = {"vague", "rate_length", "cue_length"}
    steps = ("read_phrases", "settle_units", "read_fractions", "share_units", "share_units_of_wholes",
             "pair_ranges", "read_rates", "read_bounds")  # fmt: skip
    seen: dict[str, set[str]] = {}

    def watched(name: str, step: Callable) -> Callable:
        def told(rows: pl.DataFrame) -> pl.DataFrame:
            found = step(rows)
            seen[name] = {*found.columns}
            return found

        return told

    for name in steps:
        monkeypatch.setattr(number_steps, name, watched(name, getattr(number_steps, name)))
    numbers_in(read_text(documents("城市低保标准由610元提高到655元，不少于三至五所，每人每月100元。")).frame)
    assert set(seen) == set(steps)
    declared = own | {*columns("frame.numbers_told")}
    assert {name: told - declared for name, told in seen.items() if told - declared} == {}


def test_measurements_alone_carry_value_and_unit():
    rows = read_numbers(documents("2024年，救助困难群众35户，详见附件2。", "联系电话：0571-8812345"))
    others = rows.filter(pl.col("kind") != "measurement")
    assert others.height == 4
    assert all(
        others[name].null_count() == 4 for name in ("q_start", "q_end", "value", "unit", "comparator", "rate")
    )
    only = rows.filter(pl.col("kind") == "measurement").row(0, named=True)
    assert (only["value"], only["unit"], only["comparator"], only["rate"]) == (35.0, "户", "=", False)


@pytest.mark.parametrize(
    ("written", "value", "kind"),
    [
        ("٣٤٥户", 345, "measurement"),
        ("𝟙𝟚𝟛户", 123, "measurement"),
        ("1\u200b2\ufe0f3户", 123, "measurement"),
        ("1\ufe0f\u20e32\ufe0f\u20e3户", 12, "measurement"),
        ("1\u03012\u03023户", None, "name"),
        ("12\u03363人", None, "name"),  # one that was struck out
        ("①②③人", None, "name"),
        ("Ⅳ项", None, "name"),
    ],
)
def test_numbers_in_digits_that_are_none_of_ours_are_one_number_each(written, value, kind):
    rows = read_numbers(documents(f"全县共救助{written}。"))
    assert rows.select("value", "kind").rows() == [(value, kind)]


def test_a_circled_digit_that_opens_an_item_counts_nothing():
    assert read_numbers(documents("要求：①户籍改革；②人大建议办理。"))["kind"].to_list() == []


def test_the_span_of_a_quantity_takes_in_its_bound_scale_rate_and_both_ends_of_a_range():
    text = "新建站点不少于12个，补贴每人每月150元以上，改造3至5所，投入约2.5万余元。"
    cut = [text[r["q_start"] : r["q_end"]] for r in read(text) if r["kind"] == "measurement"]
    assert cut == ["不少于12个", "每人每月150元以上", "3至5所", "约2.5万余元"]


def test_a_change_is_two_quantities_and_a_range_one():
    assert measured("由3所增加到5所") == [(3.0, "个"), (5.0, "个")]
    assert measured("从20%到35%的村") == [(20.0, "%"), (35.0, "%")]
    (row, end) = read("增长20%到35%")
    assert (row["value"], row["value_high"], end["kind"]) == (20.0, 35.0, "range_end")


def test_the_scale_of_a_range_belongs_to_both_ends_unless_the_lower_would_be_the_higher():
    assert next((r["value"], r["value_high"]) for r in read("奖励3至5万元")) == (30000.0, 50000.0)
    assert next((r["value"], r["value_high"]) for r in read("奖励5000至2万元")) == (5000.0, 20000.0)


def test_a_rate_goes_on_through_the_sentence_but_not_to_totals():
    assert measured("农村由每人每月300元调整为360元，全年共支出90万元。") == [
        (300.0, "元/人/月"), (360.0, "元/人/月"), (900000.0, "元"),
    ]  # fmt: skip
    assert measured("月人均补助410元。慰问老党员发放500元") == [(410.0, "元/人/月"), (500.0, "元")]


def test_every_order_and_wording_of_a_rate_is_one_unit():
    behind = ["元/人/月", "元/月/人", "元/人·月", "元/月·人", "元/（人·月）", "元每人每月", "元/人月"]
    before = ["每人每月", "月人均", "每月每人", "人均每月"]
    texts = [*(f"780{rate}" for rate in behind), *(f"{rate}780元" for rate in before)]
    rows = read_numbers(documents(*texts)).filter(pl.col("kind") == "measurement")
    assert rows.select("value", "unit").rows() == [(780.0, "元/人/月")] * len(texts)


def test_a_full_stop_between_digits_is_read_by_what_follows():
    assert measured("共支出12。5万元") == [(125000.0, "元")]
    assert measured("平均每村1。5个") == [(1.5, "个")]
    assert [r["kind"] for r in read("新建床位达到120。2025年继续")] == ["measurement", "date"]
    assert measured("总数达到120。35户家庭受益") == [(120.0, None), (35.0, "户")]


def test_what_conversion_breaks_is_joined_and_spans_keep_the_break():
    text = "2 0 2 4 年，全县共发放补贴 1 2 . 5 万元，惠及 3 2 0 人。"
    rows = [(r["text"], r["kind"], r["value"]) for r in read(text)]
    assert rows == [
        ("2 0 2 4", "date", None),
        ("1 2 . 5", "measurement", 125000.0),
        ("3 2 0", "measurement", 320.0),
    ]
    broken = "截至十月底，全区累计发放困难群众救助资金12\n34.5万元，占全年计划的九成。"
    first = read(broken)[0] if read(broken)[0]["text"][0].isdigit() else read(broken)[1]
    assert first["text"] == "12\n34.5" and first["value"] == 12345000.0


def test_columns_of_numbers_are_not_joined():
    assert [r["text"] for r in read("城关镇 120 345 678\n河口镇 90 210 33\n")] == [
        "120",
        "345",
        "678",
        "90",
        "210",
        "33",
    ]
    assert [r["text"] for r in read("床位数\n120\n345\n")] == ["120", "345"]


def test_idioms_and_names_of_chinese_numerals_are_not_counted():
    text = "落实两项补贴，开展三年行动，建设市、县两级平台，推行一站式服务，完善“五个一批”和“1+3+N”体系，"
    text += "办理业务无一例差错，坚持发现一起、查处一起，没有发生一起事故。"
    assert {kind for _, kind in kinds(text)} == {"name"}
    assert measured("两家企业、八个乡镇、十二名志愿者、三百余人和一千二百万元") == [
        (2.0, "个"), (8.0, "个"), (12.0, "人"), (300.0, "人"), (12000000.0, "元"),
    ]  # fmt: skip


def test_numbers_of_what_is_not_read_are_accounted_for():
    frame = documents("全年救助\n— 12 —\n35户")
    skipped = pl.DataFrame({"document_id": [frame["document_id"][0]], "start": [4], "end": [12]})
    assert skipped_numbers(frame, skipped)["text"].to_list() == ["12"]


def test_a_number_is_found_where_it_stands_though_its_commas_are_left_out():
    frame = documents("共支出1,234,567元，救助300人")
    reading = read_text(frame).frame
    inside, text = numbers_in(reading), reading["reading"][0]
    assert [text[a:b] for a, b in inside.select("span_start", "span_end").iter_rows()] == ["1234567", "300"]
    assert read_numbers(frame)["text"].to_list() == ["1,234,567", "300"]


ALPHABET = (
    "0123456789０５。.,，、-—至（）()〔〕“”年月日号第每人户个万亿元%％岁级 \n|\t"
    "一二两三十百千约余共低保標準電話A+/:"
)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.text(st.sampled_from(ALPHABET), max_size=60), min_size=25, max_size=50))
def test_every_run_of_digits_is_one_mention_and_spans_point_at_what_was_written(texts):
    rows = read_numbers(documents(*texts))
    assert rows["kind"].is_in(KINDS).all()
    for number, text in enumerate(texts):
        mine = rows.filter(pl.col("document_id") == f"{number:016x}").to_dicts()
        covered = []
        for row in mine:
            assert text[row["span_start"] : row["span_end"]] == row["text"]
            covered += range(row["span_start"], row["span_end"])
            if row["kind"] == "measurement":
                assert 0 <= row["q_start"] <= row["span_start"] < row["span_end"] <= row["q_end"] <= len(text)
        assert len(covered) == len(set(covered)) and covered == sorted(covered)
        assert {i for i, char in enumerate(text) if char in "0123456789０５"} <= set(covered)


SCALES = {"": 1, "千": 1e3, "万": 1e4, "亿": 1e8}


WRITTEN = st.tuples(
    st.integers(1, 99_999_999),
    st.integers(0, 3),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(["元", "人次", "平方米", "户", "张"]),
    st.booleans(),
)


@settings(max_examples=4, deadline=None)
@given(st.lists(WRITTEN, min_size=40, max_size=80))
def test_numbers_come_back_as_they_were_written(numbers):
    texts, expected = [], []
    for digits, places, scale, unit, grouped in numbers:
        written = f"{digits / 10**places:{',' if grouped else ''}.{places}f}"
        texts.append(f"全年共计{written}{scale}{unit}。")
        expected.append((pytest.approx(float(written.replace(",", "")) * SCALES[scale]), unit))
    assert read_numbers(documents(*texts)).select("value", "unit").rows() == expected


def in_chinese(number: int) -> str:
    """Chinese numerals below ten million, as they are spoken."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return in_chinese(high) + "万" + (("零" if 0 < low < 1000 else "") + in_chinese(low) if low else "")
    text, pending = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if pending and text else "") + "零一二三四五六七八九"[digit] + name
        pending = not digit and bool(text)
    return text.removeprefix("一") if 10 <= number < 20 else text


@given(st.integers(1, 9_999_999))
def test_chinese_numerals_come_back_as_they_were_spoken(number):
    assert read_numeral(in_chinese(number)).value == number


def test_the_result_does_not_depend_on_how_documents_are_grouped(monkeypatch):
    from pipeline.reading.layout import compute

    texts = [
        f"第{i}季度，{i}个社区共有{i * 3}户、每人每月{i}元。\n| 序号 | 人数（人） |\n| {i} | {i * 7} |"
        for i in range(2, 12)
    ]
    whole = read_numbers(documents(*texts))
    monkeypatch.setattr(compute, "WORTH_A_THREAD", 1)
    monkeypatch.setattr(pl, "thread_pool_size", lambda: 4)
    assert read_numbers(documents(*texts)).equals(whole)


def test_classes_of_size_are_names_and_thresholds_conditions():
    assert measured("建成30万吨级泊位2个。") == [(2.0, "个")]
    assert measured("新增5个超两千亿元城市。") == [(5.0, "个")]
    assert measured("引进亿元以上项目12个，5亿元以上产业项目4个。") == [(12.0, "个"), (4.0, "个")]
    assert measured("突破600亿元大关。") == [(60000000000.0, "元")]
    assert measured("细颗粒物浓度28微克/立方米，产能300万吨/年。") == [
        (28.0, "微克/立方米"), (3000000.0, "吨/年"),
    ]  # fmt: skip
    assert measured("补助由 600 元 / 人 / 月提高到 650 元/人/月。") == [
        (600.0, "元/人/月"),
        (650.0, "元/人/月"),
    ]
    assert measured("每千名老人拥有床位30。5张，同比增加2。5张。") == [(30.5, "张"), (2.5, "张")]


def test_a_list_of_any_length_shares_its_unit_and_a_code_of_any_length_is_one():
    ages = "、".join(str(number) for number in range(12, 40))
    assert measured(f"分别新建{ages}个站") == [(float(number), "个") for number in range(12, 40)]
    code = "0563" + "-12" * 20
    assert {kind for _, kind in kinds(f"联系电话{code}")} == {"identifier"}


def test_a_number_too_long_to_be_told_has_no_value():
    assert measured("支出" + "1" * 400 + "元，惠及" + "三" * 400 + "人") == []


def test_what_is_remembered_of_texts_is_bounded():
    """A daemon that reads for months must not keep every phrase that it ever saw."""
    assert parse_phrase.cache_info().maxsize and stated_unit.cache_info().maxsize
