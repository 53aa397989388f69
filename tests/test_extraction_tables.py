"""Tables pasted as text: cells with their heads, and figures with the units that the heads give."""

import polars as pl
from number_reading import read_numbers

from pipeline.extraction.tables.grids import label_unit, read_tables


def cells(text: str) -> pl.DataFrame:
    return read_tables(pl.DataFrame({"document_id": ["t"], "reading": [text]}))


def figures(text: str) -> list[tuple]:
    """Digits, value and unit of the measurements of a document."""
    rows = read_numbers(pl.DataFrame({"document_id": ["t"], "text": [text]}))
    return rows.filter(pl.col("kind") == "measurement").select("text", "value", "unit").rows()


def test_cells_stand_where_they_were_found():
    text = "说明\n| 地区 | 户数 |\n| 东镇 | 12 |\n结尾"
    table = cells(text)
    assert [text[a:b] for a, b in table.select("start", "end").iter_rows()] == table["text"].to_list()
    figure = table.filter("figure").row(0, named=True)
    assert (figure["text"], figure["row_label"], figure["column_label"], figure["column"]) == (
        "12",
        "东镇",
        "户数",
        1,
    )


def test_heads_of_several_rows_are_joined_and_blank_ones_taken_from_the_left():
    heads = "地区 | 城市低保 | | 农村低保 | \n | 户数(户) | 人数(人) | 户数(户) | 人数(人)\n"
    text = heads + "东镇 | 3 | 5 | 7 | 11\n"
    table = cells(text).filter("figure")
    assert table["column_label"].to_list() == [
        "城市低保 户数(户)", "城市低保 人数(人)", "农村低保 户数(户)", "农村低保 人数(人)",
    ]  # fmt: skip
    assert figures(text) == [("3", 3.0, "户"), ("5", 5.0, "人"), ("7", 7.0, "户"), ("11", 11.0, "人")]


def test_a_blank_first_cell_belongs_to_the_row_above():
    table = cells("镇 | 类别 | 数量\n东镇 | 男 | 4\n | 女 | 6\n").filter("figure")
    assert table["row_label"].to_list() == ["东镇 男", "女"]


def test_units_come_from_a_cell_a_head_a_row_or_a_caption():
    assert figures("指标 | 单位 | 数量\n养老床位 | 万张 | 1.2\n") == [("1.2", 12000.0, "张")]
    assert figures("镇\t床位数（张）\t入住率\n东镇\t120\t56.7\n") == [
        ("120", 120.0, "张"),
        ("56.7", 56.7, "%"),
    ]
    assert figures("项目 | 2023年 | 2024年\n发放资金（万元） | 35 | 42\n") == [
        ("35", 350000.0, "元"), ("42", 420000.0, "元"),
    ]  # fmt: skip
    assert figures("单位：万元\n\n项目 | 金额\n救助 | 8\n") == [("8", 80000.0, "元")]
    assert figures("| 低保标准（元/人·月） | 人数 |\n| 780 | 35 |") == [
        ("780", 780.0, "元/人/月"),
        ("35", 35.0, "人"),
    ]


def test_numbers_of_rows_and_years_over_columns_are_no_figures():
    text = "序号 | 镇 | 2023 | 2024\n1 | 东镇 | 12 | 15\n2 | 西镇 | 20 | 18\n"
    rows = read_numbers(pl.DataFrame({"document_id": ["t"], "text": [text]}))
    row = ["list_marker", "measurement", "measurement"]
    assert rows["kind"].to_list() == ["date", "date", *row, *row]


def test_a_text_without_tables_has_no_cells():
    assert cells("没有表格。\n第二行").is_empty()


def test_heads_name_units_in_brackets_behind_a_colon_or_by_their_ending():
    heads = ("床位(万张)", "单位:元/人·月", "参检率", "惠及人次", "工作目标")
    assert [label_unit(head) for head in heads] == ["万张", "元/人·月", "%", "人次", ""]


def test_tables_behind_a_blank_line_keep_their_own_heads():
    text = "镇 | 户数\n东镇 | 3\n\n| 年份 | 结婚（对） |\n| --- | --- |\n| 2021 | 1,203 |\n"
    assert figures(text) == [("3", 3.0, "户"), ("1,203", 1203.0, "对")]
    assert cells(text.replace(",", ""))["table"].unique().len() == 2


def test_a_caption_of_several_units_gives_money_to_the_column_of_money():
    text = "单位：户、人、万元\n镇 | 户数 | 人数 | 保障金\n东镇 | 3 | 5 | 1.2\n"
    assert figures(text) == [("3", 3.0, "户"), ("5", 5.0, "人"), ("1.2", 12000.0, "元")]


def test_cells_on_lines_of_their_own_are_rows_where_they_repeat_without_a_flaw():
    text = "统计表\n镇名\n户数\n补助（万元）\n东镇\n35\n6.1\n西镇\n40\n7.7\n"
    assert figures(text) == [
        ("35", 35.0, "户"),
        ("6.1", 61000.0, "元"),
        ("40", 40.0, "户"),
        ("7.7", 77000.0, "元"),
    ]
    labels = (
        cells(text.replace("（", "(").replace("）", ")")).filter("figure").select("row_label", "column_label")
    )
    assert labels.rows()[1] == ("东镇", "补助(万元)")
    numbered = "序号\n\n镇名\n\n户数\n\n人数\n\n1\n\n东镇\n\n35\n\n61\n\n2\n\n西镇\n\n40\n\n77\n"
    assert figures(numbered) == [
        ("35", 35.0, "户"),
        ("61", 61.0, "人"),
        ("40", 40.0, "户"),
        ("77", 77.0, "人"),
    ]
    assert cells("镇名\n户数\n人数\n东镇\n35\n6\n西镇\n40\n南镇\n7\n8\n").is_empty()


def test_items_run_together_with_unit_and_figure_are_rows():
    text = (
        "指标单位数量\n一、救助支出亿元2.5\n二、救助\n    城市低保\n      低保人数万人1.2\n"
        "      低保户数万户0.7\n      平均标准元/人·月905.0\n    农村低保\n      低保人数万人3.4\n"
        "三、机构\n    敬老院35\n    残疾人120\n"
    )
    assert figures(text) == [
        ("2.5", 250000000.0, "元"), ("1.2", 12000.0, "人"), ("0.7", 7000.0, "户"),
        ("905.0", 905.0, "元/人/月"), ("3.4", 34000.0, "人"), ("35", 35.0, "个"), ("120", 120.0, "人"),
    ]  # fmt: skip
    table = cells(text).filter("figure")
    assert table["row_label"].to_list() == [
        "一、救助支出", "低保人数", "低保户数", "平均标准", "低保人数", "敬老院", "残疾人",
    ]  # fmt: skip
    assert table["column_label"].to_list() == ["", *["城市低保"] * 3, "农村低保", *["三、机构"] * 2]
    assert [text[a:b] for a, b in cells(text).select("start", "end").iter_rows()] == cells(text)[
        "text"
    ].to_list()


def test_cells_and_bars_on_lines_of_their_own_give_name_unit_and_figure():
    rows = [
        "1.救助",
        "",
        "",
        "低保人数",
        "万人",
        "3.5",
        "月人均补助",
        "元/人、月",
        "227",
        "2.机构",
        "",
        "",
        "职工",
        "人",
        "78",
    ]
    text = "指 标\n|\n单 位\n|\n数 量\n|\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in rows)
    assert figures(text) == [("3.5", 35000.0, "人"), ("227", 227.0, "元/人/月"), ("78", 78.0, "人")]
    table = cells(text).filter("figure")
    assert table["row_label"].to_list() == ["低保人数", "月人均补助", "职工"]
    assert table["column_label"].to_list() == ["1.救助", "1.救助", "2.机构"]
    assert figures(text.replace("|\n", "")) == figures(text)


def test_things_alone_are_counted_where_several_lines_count_them():
    assert figures("镇12\n乡3\n街道4\n福利院2\n") == [
        ("12", 12.0, "个"), ("3", 3.0, "个"), ("4", 4.0, "个"), ("2", 2.0, "个"),
    ]  # fmt: skip
    assert not any(unit for _, _, unit in figures("东村12\n西村3\n南村4\n北村2\n"))
    assert not any(unit for _, _, unit in figures("东镇敬老院12\n西镇敬老院3\n南镇敬老院4\n北镇敬老院2\n"))
    assert not any(unit for _, _, unit in figures("附件1\n附件2\n附件3\n附件4\n"))
    assert cells("全市民政工作2021\n全市民政工作2022\n全市民政工作2023\n全市民政工作2024\n").is_empty()


def test_a_scale_before_a_figure_that_no_table_explains_makes_no_measurement():
    assert figures("床位万张1.2\n") == []
    assert figures("低保金亿元3.5\n说明：见附表。\n") == []
    assert figures("共筹资数万元，救助35\n") == [("35", 35.0, None)]


def test_a_name_with_its_scale_and_unit_heads_the_figure_on_the_next_line():
    text = "低保对象万人\n3.5\n低保金亿元\n1.2\n临时救助万人次\n0.3\n"
    assert figures(text) == [("3.5", 35000.0, "人"), ("1.2", 120000000.0, "元"), ("0.3", 3000.0, "人次")]
    assert [text[a:b] for a, b in cells(text).select("start", "end").iter_rows()] == cells(text)[
        "text"
    ].to_list()


def test_a_name_that_ends_in_its_unit_gives_it():
    assert figures("结婚登记对数312\n离婚登记对数120\n登记合格率%100\n补领证件数35\n") == [
        ("312", 312.0, "对"), ("120", 120.0, "对"), ("100", 100.0, "%"), ("35", 35.0, "件"),
    ]  # fmt: skip
