"""What crawled pages put between the characters of a text: read without it, with offsets that lead back."""

import polars as pl
import pytest

from pipeline.reading.layout.folding import with_folded
from pipeline.reading.layout.lines import split_lines
from pipeline.reading.layout.mending import read_text
from pipeline.reading.layout.page_furniture import skipped_spans


def documents(text: str) -> pl.DataFrame:
    return with_folded(pl.DataFrame({"document_id": ["d"], "text": [text]}))


def read(text: str) -> str:
    page = documents(text)
    return read_text(page, skipped_spans(page)).frame["reading"][0]


def written(text: str, part: str) -> str:
    """What stands in the text where `part` stands in its reading."""
    page = documents(text)
    reading = read_text(page, skipped_spans(page))
    start = reading.frame["reading"][0].index(part)
    span = pl.DataFrame({"document_id": ["d"], "start": [start], "an_end": [start + len(part)]})
    ((_, begin, end),) = reading.to_written(span, ["start", "an_end"]).rows()
    return text[begin:end]


def test_sounds_in_brackets_behind_characters_are_no_text():
    text = "東河縣為(wèi)養(yǎng)老院（yuàn）購(gòu)買輪椅52輛(liàng)，由他們(men)分用(不含舊(jiù)輪椅)"
    assert read(text) == "东河县为养老院购买轮椅52辆,由他们分用(不含旧轮椅)"
    assert written(text, "52辆") == "52輛"
    assert written(text, "为养老院") == "為(wèi)養(yǎng)老院"
    lines = split_lines(documents("東河縣小結(jié)\n" + text))
    assert lines["text"].to_list() == ["东河县小结", read(text)]
    assert lines["raw"][0] == "東河縣小結"


@pytest.mark.parametrize("text", ["小区(km)", "方案(a)", "养老服务(app)", "民政局(XX县)"])
def test_other_letters_in_brackets_stay(text):
    assert read(text) == text


WORK = (
    "某县民政局半年小结。上半年全县走访困难家庭四轮,核对收入信息,清退不符合条件的对象,新增对象及时纳入。各乡镇设立服务窗口,"
    "群众满意度明显提高。老年人助餐点全部开门营业,志愿者每周上门送餐,食材由县里统一采购,价格公示上墙。未成年人保护站完成挂牌,"
)
SEGMENTS = ("1、" + WORK + "打井用去3", "2、12.5万元。" + WORK + "参加义诊41人,健康讲", "3、座听众7人次。")


@pytest.mark.parametrize("end", ["\n", "\n\n", " \n  "])
def test_the_numbers_of_segments_that_a_site_cut_a_text_into_are_no_text(end):
    text = end.join(SEGMENTS) + "\n联系人\n"
    whole = WORK + "打井用去312.5万元。" + WORK + "参加义诊41人,健康讲座听众7人次。"
    assert read(text) == whole + "\n联系人\n"
    assert written(text, "312.5万元") == f"3{end}2、12.5万元"
    lines = split_lines(documents(text))
    assert lines["text"].to_list() == lines["raw"].to_list() == [whole, "联系人"]
    assert text[lines["start"][1] : lines["end"][1]] == "联系人"


def test_items_of_a_list_are_no_segments():
    for end in ("。", "；", ""):
        text = "\n".join(f"{n}、{WORK}发放救助金{n}2万元{end}" for n in (1, 2, 3))
        assert read(text if end else text.replace("。", ",")).count("\n") == 2
    short = "1、低保工作\n2、特困供养\n3、临时救助"
    assert read(short) == short


def test_the_foot_of_a_page_in_the_midst_of_a_sentence_is_no_text():
    text = "全年开放阅览室 4 个,第 2 页 共 11 页下载后可任意编辑修缮球场 6 个。\n第 3 页至第 5 页"
    assert read(text) == "全年开放阅览室4个,修缮球场6个。\n第 3 页至第 5 页"
    assert written(text, "修缮球场6个") == "修缮球场 6 个"


def test_a_number_cut_by_a_blank_line_goes_on_behind_it():
    text = "今年秋天全部乡镇的球场和步道修缮用去资金共4\n\n7.5万元。"
    assert read(text) == "今年秋天全部乡镇的球场和步道修缮用去资金共47.5万元。"
    assert written(text, "47.5万元") == "4\n\n7.5万元"


def test_blanks_inside_the_sentences_of_a_page_part_no_words():
    text = "食堂每餐补贴 7 元 / 人 / 月,护理 员 增加 到 26 名,门诊 部 看病 85 人 次。"
    assert read(text) == "食堂每餐补贴7元/人/月,护理员增加到26名,门诊部看病85人次。"
    assert written(text, "护理员增加到26名") == "护理 员 增加 到 26 名"
    for kept in ("城东社区 城西社区 城南社区", "主要做法。工作举措 一是强化保障。", "养老机构  每个12万元。"):
        assert read(kept) == kept


def test_a_title_and_headings_that_run_into_the_text_of_a_page_are_lines_of_their_own():
    text = (
        "东河县民政局2022年上半年工作小结今年以来,我局在县委的领导下抓好救助、养老和殡葬各项工作 "
        "一、2022年目标任务完成情况 (一)救助工作 新增低保户41户,取消17户。 (二)、养老工作。改造床位60张。"
    )
    page = documents(text)
    lines = split_lines(page)
    assert lines["text"].to_list() == [
        "东河县民政局2022年上半年工作小结",
        "今年以来,我局在县委的领导下抓好救助、养老和殡葬各项工作",
        "一、2022年目标任务完成情况",
        "(一)救助工作 新增低保户41户,取消17户。",
        "(二)、养老工作。改造床位60张。",
    ]
    assert [text[a:b] for a, b in lines.select("start", "end").iter_rows()] == lines["text"].to_list()
    reading = read_text(page)  # what a title or a chapter says of its line ends with it
    assert [line[:4] for line in reading.frame["reading"][0].split("\n")] == [
        "东河县民",
        "今年以来",
        "一、20",
    ]
    assert written(text, "改造床位60张") == "改造床位60张"


def test_only_the_beginning_of_a_text_holds_a_title_that_runs_on():
    long = (
        "县委领导听取民政局2022年工作汇报今年以来的情况也在会上作了说明,"
        "各乡镇按照要求安排了下一步的走访和核查工作,效果明显,群众比较满意。"
    )
    lines = split_lines(documents("一\n二\n三\n" + long))
    assert lines["text"][-1] == long
