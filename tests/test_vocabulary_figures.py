"""Figures that users bring: residents and published series, and lines of theirs that can't be used."""

import pytest

from pipeline.contracts.validate import validate
from pipeline.vocabulary.figures import FiguresError, load_population, load_reference_series
from pipeline.vocabulary.reference import load_reference


def test_the_provinces_of_the_census_come_to_the_country_without_its_soldiers():
    people = dict(load_population().select("region_code", "population").iter_rows())
    provinces = [number for code, number in people.items() if code != "100000"]
    assert len(provinces) == 31
    assert people["100000"] - sum(provinces) == 2_000_000


def test_residents_that_a_user_counts_join_the_census_and_win_over_it(tmp_path):
    (tmp_path / "population.csv").write_text(
        "region_code,year,population,source\n341802,2023,801000,统计年鉴\n110000,2020,21890000,\n",
        encoding="utf-8",
    )
    rows = validate(load_population(tmp_path), "ref.population")
    said = {(row["region_code"], row["year"]): row for row in rows.to_dicts()}
    assert said["341802", 2023]["population"] == 801_000
    assert said["341802", 2023]["source"] == "统计年鉴"
    assert (said["110000", 2020]["population"], said["110000", 2020]["given"]) == (21_890_000, True)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("999999,2020,5", "write six digits of GB/T 2260"),
        ("宣州区,2020,5", "write 341802"),
        ("341802,2020,80.1万", "base units"),
        ("341802,2020,0", "above 0"),
        ("341802,20,5", "from 1949"),
        ("341802,2020,", "population is empty"),
    ],
)
def test_a_line_about_residents_that_cannot_be_meant_is_refused_with_what_to_write(tmp_path, line, says):
    (tmp_path / "population.csv").write_text(f"region_code,year,population\n{line}\n", encoding="utf-8")
    with pytest.raises(FiguresError, match=r"population\.csv line 2") as refused:
        load_reference("ref.population", tmp_path)
    assert says in str(refused.value)


def test_all_lines_that_cannot_be_used_are_named_at_once_with_what_to_write(tmp_path):
    wrong = [
        "999999,2020,5",
        "341802,2020,80.1万",
        "341802,2020,801000",
        "341802,2020,802000",
        "341802,2021,",
    ]
    text = "region_code,year,population\n" + "\n".join(wrong) + "\n"
    (tmp_path / "population.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FiguresError) as refused:
        load_population(tmp_path)
    told = str(refused.value).splitlines()
    assert [line.partition(":")[0] for line in told] == [f"population.csv line {n}" for n in (2, 3, 5, 6)]
    assert ["GB/T 2260" in told[0], "base units" in told[1], "keep one" in told[2], "empty" in told[3]] == [
        True
    ] * 4
    lines = "\n".join(f"341802,{year},dibao.person,1" for year in range(2000, 2015))
    text = f"region_code,year,indicator_id,value\n{lines}\n"
    (tmp_path / "reference.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FiguresError, match=r"line 11: .*\nand 5 more lines$"):
        load_reference_series(tmp_path)


def test_published_series_take_their_unit_from_the_indicator(tmp_path):
    (tmp_path / "reference.csv").write_text(
        "region_code,year,indicator_id,residence,value\n100000,2023,dibao.standard,urban,785.9\n",
        encoding="utf-8",
    )
    rows = validate(load_reference_series(tmp_path), "ref.reference_series")
    assert rows.select("value", "unit", "residence").row(0) == (785.9, "元/人/月", "urban")
    assert load_reference_series().is_empty()


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["100000,2023,dibao.standart,1"], "did you mean 'dibao.standard'"),
        (["100000,2023,dibao.persons,1", "100000,2023,dibao.persons,2"], "two lines"),
        (["甲县,2023,dibao.persons,1"], "is no code"),
    ],
)
def test_a_published_figure_of_nothing_known_is_refused(tmp_path, lines, says):
    text = "region_code,year,indicator_id,value\n" + "\n".join(lines) + "\n"
    (tmp_path / "reference.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FiguresError, match=r"reference\.csv") as refused:
        load_reference_series(tmp_path)
    assert says in str(refused.value)
