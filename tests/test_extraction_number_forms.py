"""Numbers as Chinese writes them: a table of forms with what each means, and another reader as an oracle."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from number_reading import documents, read_numbers

from pipeline.extraction.numbers.numerals import read_numeral

# `text` holds the number in braces, up to where its digits or numerals end. `kind` is one of core.mentions,
# or `none` (no numeral of it is a number), or `unmeasured` (whatever it is, it measures nothing).
FORMS = Path(__file__).parent / "data" / "number_forms.csv"


def forms() -> list[dict[str, str]]:
    with FORMS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def wrong_in(form: dict[str, str], found: list[dict]) -> str:
    """What is wrong with the numbers found in a form; empty where nothing is."""
    measured = [row for row in found if row["kind"] == "measurement"]
    if form["kind"] in ("none", "unmeasured"):
        left = found if form["kind"] == "none" else measured
        return f"found {[row['text'] for row in left]}" if left else ""
    at = form["text"].index("{")
    row = next((row for row in found if row["span_start"] == at), None)
    if row is None or row["kind"] != form["kind"]:
        return f"is {row['kind'] if row else 'no number'}, not {form['kind']}"
    if form["kind"] != "measurement":
        return ""
    expected = {
        "value": float(form["value"]),
        "value_high": float(form["value_high"]) if form["value_high"] else None,
        "unit": form["unit"] or None,
        "comparator": form["comparator"],
    }
    told = [f"{k} {row[k]}, not {v}" for k, v in expected.items() if row[k] != pytest.approx(v)]
    if sum(other["span_start"] < row["q_end"] and other["q_end"] > at for other in measured) > 1:
        told.append("read as several values")
    return ", ".join(told)


def test_numbers_mean_what_the_table_of_forms_says(capsys):
    rows = forms()
    assert len(rows) >= 400
    plain = [row["text"].replace("{", "").replace("}", "") for row in rows]
    parts = read_numbers(documents(*plain)).partition_by("document_id", as_dict=True)
    found = [parts[key].to_dicts() if (key := (f"{i:016x}",)) in parts else [] for i in range(len(rows))]
    wrong = {
        row["text"]: why for row, numbers in zip(rows, found, strict=True) if (why := wrong_in(row, numbers))
    }
    with capsys.disabled():
        print(f"\nforms of numbers read right: {len(rows) - len(wrong)} of {len(rows)}")
    assert wrong == {}


SPOKEN = st.integers(1, 10**12 - 1)


@settings(max_examples=300, deadline=None)
@given(SPOKEN)
def test_whole_numbers_are_read_as_another_reader_of_numerals_writes_them(number):
    import cn2an  # takes long to import

    assert read_numeral(cn2an.an2cn(number)).value == number
    assert read_numeral(cn2an.an2cn(number, "up")).value == number


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 99_999), st.integers(1, 99))
def test_decimals_are_read_as_another_reader_of_numerals_writes_them(whole, hundredths):
    import cn2an

    number = whole + hundredths / 100
    assert read_numeral(cn2an.an2cn(f"{number:.2f}".rstrip("0"))).value == pytest.approx(number)


@settings(max_examples=4, deadline=None)  # of a hundred numbers each: a reading takes as long for one
@given(
    st.lists(
        st.tuples(SPOKEN, st.sampled_from(["人", "户", "元", "个", "平方米"])), min_size=100, max_size=120
    )
)
@example([(576_460_752_305, "人")])  # twelve digits are not rounded to six places
@example([(100_000, "平方米")])  # 十万 is a number behind 共计, whatever it measures
def test_whole_numbers_in_numerals_are_found_whole_in_a_sentence(numbers):
    import cn2an

    texts = [f"全县共计{cn2an.an2cn(number)}{unit}。" for number, unit in numbers if number > 1]
    expected = [(float(number), unit) for number, unit in numbers if number > 1]
    assert read_numbers(documents(*texts)).select("value", "unit").rows() == expected
