"""Pictures of pages: what is recognised keeps its lines and tables, is marked, and is never sure."""

import io
import random
import re
from itertools import islice

import polars as pl
import pypdfium2
import pytest
import reading_writers as writers

from pipeline.engine.batch import extract_documents
from pipeline.reading.files.listing import list_files, read_files
from pipeline.reading.files.worker import SCAN_MEGABYTES, Worker
from pipeline.reading.formats.pdfcolumns import Segment
from pipeline.reading.formats.pdftables import grids_of
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.scanlayout import Box, page_lines
from pipeline.reading.formats.scans import available

recognising = pytest.mark.skipif(not available(), reason="the extra `ocr` is not installed")
SCORES = (0.999, 0.999, 0.7, None)
DIGITS = re.compile(r"\d+(?:\.\d+)?")


def scanned(data, dpi=200):
    """A PDF of pictures of the pages of another."""
    pictures = [page.render(scale=dpi / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(data)]
    target = io.BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return target.getvalue()


def recognised_document(*lines, scores=SCORES):
    """`core.documents` of a text that came from a picture."""
    text = "\n".join(lines) + "\n"
    row = {"document_id": "a" * 16, "file_name": "a.jpg", "text": text, "recognised": list(scores)}
    return pl.DataFrame([row], schema_overrides={"recognised": pl.List(pl.Float64)})


@pytest.mark.landing
def test_numbers_of_a_picture_are_marked_and_never_sure_and_doubtful_where_they_were_read_badly():
    document = recognised_document(
        "云溪县民政局2023年工作总结",
        "全县共有城乡低保对象1204户。共有特困人员3O6人。",
        "全县建成养老机构12家。",
    )
    found = extract_documents(document)
    rows = found["core.observations"].sort("span_start").select("written", "confidence", "flags").rows()
    told = {written: (confidence, flags) for written, confidence, flags in rows}
    assert told["1204户"][0] < 0.97 and told["1204户"][1] == ["recognised"]
    assert told["12家"][0] < 0.7 and told["12家"][1] == ["recognised", "low_confidence"]
    mentions = dict(found["core.mentions"].select("text", "flags").iter_rows())
    assert "misread_digits" in mentions["3"] and "misread_digits" not in mentions["1204"]
    typed = extract_documents(document.drop("recognised"))["core.observations"]
    assert not typed["flags"].list.contains("recognised").any()


@pytest.mark.landing
def test_a_text_that_was_typed_is_not_held_for_recognised_beside_one_that_was():
    document = recognised_document("云溪县民政局2023年工作总结", "全县共有城乡低保对象1204户。", "")
    other = document.with_columns(document_id=pl.lit("b" * 16), recognised=pl.lit(None, pl.List(pl.Float64)))
    rows = extract_documents(pl.concat([document, other]))["core.observations"]
    flags = dict(rows.filter(value=1204).select("document_id", "flags").iter_rows())
    assert flags == {"a" * 16: ["recognised"], "b" * 16: []}


def test_boxes_fall_into_the_cells_of_rules_and_what_lies_over_a_rule_is_cut_and_unsure():
    rules = [(0.0, y, 300.0, y) for y in (0, 20, 40)] + [(x, 0.0, x, 40.0) for x in (0, 100, 200, 300)]
    boxes = [
        Box("地区", 1.0, 10, 24, 60, 36), Box("户数", 1.0, 110, 24, 160, 36),
        Box("人数", 1.0, 210, 24, 260, 36), Box("甲乡", 1.0, 10, 4, 60, 16),
        Box("312 608", 1.0, 130, 4, 270, 16), Box("表一", 0.9, 10, 60, 60, 72),
    ]  # fmt: skip
    lines = page_lines(boxes, grids_of(rules), 300.0)
    assert [line.text for line in lines] == ["表一", "地区 | 户数 | 人数 |", "甲乡 | 312 | 608 |"]
    assert [line.score for line in lines] == [0.9, 1.0, 0.5]
    assert lines[0].segments == (Segment("表一", 10, 60),)


def test_without_the_extra_the_refusal_names_it(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.reading.files.listing.available", lambda: False)
    (tmp_path / "a.pdf").write_bytes(scanned(writers.pdf(), dpi=40))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    _, rejected = read_files(tmp_path, list_files(tmp_path))
    assert rejected["reason"].to_list() == ["scanned_pdf", "image"]
    assert rejected["detail"].str.contains("minzheng[ocr]", literal=True).all()


@recognising
def test_pictures_that_lie_are_refused_within_bounds():
    from PIL import Image

    huge = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(huge, "PNG")
    many = io.BytesIO()
    frames = [Image.new("1", (8, 8)) for _ in range(120)]
    frames[0].save(many, "TIFF", save_all=True, append_images=frames[1:])
    blank = io.BytesIO()
    Image.new("L", (400, 300), 255).save(blank, "PNG")
    png = blank.getvalue()
    with Worker(60, SCAN_MEGABYTES) as worker:
        for data, reason in (
            (huge.getvalue(), "bomb"), (many.getvalue(), "text_too_long"), (png, "no_text"),
            (png[:40], "damaged"), (b"\xff\xd8\xff" + bytes(900), "damaged"),
            (b"BM" + bytes(200), "damaged"),
        ):  # fmt: skip
            with pytest.raises(Refusal) as refused:
                worker.read(data, "image/png", scan=True)
            assert refused.value.reason == reason


@recognising
@pytest.mark.slow
def test_a_clean_scan_gives_the_numbers_of_the_report_and_its_table(tmp_path):
    (tmp_path / "a.pdf").write_bytes(scanned(writers.pdf()))
    (tmp_path / "b.txt").write_bytes(writers.txt())
    documents, rejected = read_files(tmp_path, list_files(tmp_path))
    assert rejected.is_empty()
    text = documents["text"][0]
    assert "| 合计 | 1204 | 2310 | 1230.35 |" in text
    assert len(documents["recognised"][0]) == len(text.split("\n"))
    read, typed = (
        extract_documents(documents.filter(file_name=name))["core.observations"]
        for name in ("a.pdf", "b.txt")
    )
    expected, found = DIGITS.findall("".join(writers.lines())), DIGITS.findall(text)
    assert sum(number in found for number in expected) >= 0.95 * len(expected)
    fields = ["value", "unit", "subject", "measure", "status"]
    right = read.join(typed.select(fields).unique(), on=fields, how="semi", nulls_equal=True)
    assert right.height >= 0.95 * typed.height
    assert read.filter(pl.col("confidence") >= 0.97).is_empty()


def hundred_figures():
    """Lines of prose and a table that hold 120 different figures, of one to six digits, with and without
    decimals, and the figures."""
    rng = random.Random(20240117)
    figures: list[str] = []
    while len(figures) < 121:
        whole = str(
            rng.randrange(10 ** rng.choice((1, 2, 3, 3, 4, 4, 5)), 10**6) % 10 ** rng.choice((2, 3, 4, 5, 6))
        )
        decimals = rng.choice(
            ("", "", "", f".{rng.randrange(1, 10)}", f".{rng.randrange(1, 10)}{rng.randrange(1, 10)}")
        )
        if whole + decimals not in [*figures, "0"]:
            figures.append(whole + decimals)
    left = iter(figures)
    said = [
        "全县共有城市低保对象{}户、{}人,农村低保对象{}户、{}人,发放低保金{}万元,比上年增加{}万元。",
        "特困供养人员{}人,其中集中供养{}人、分散供养{}人,支出供养金{}万元;临时救助{}人次,支出{}万元。",
        "建成养老机构{}家,床位{}张;为{}户老年人家庭实施适老化改造,高龄津贴惠及{}人,发放{}万元。",
        "在册孤儿{}人,事实无人抚养儿童{}人,发放基本生活费{}万元;办理结婚登记{}对、离婚登记{}对。",
    ]
    prose = [line.format(*islice(left, line.count("{}"))) for line in (*said, *said)]
    heads = [
        "乡镇",
        "低保户数(户)",
        "低保人数(人)",
        "特困人数(人)",
        "床位(张)",
        "资金(万元)",
        "占比(%)",
        "增减(人)",
    ]
    rows = [[f"{name}镇", *islice(left, 7)] for name in "东西南北上下高平长大小"]
    return [*prose[:4], [heads, *rows], *prose[4:]], figures


@recognising
@pytest.mark.slow
def test_of_a_hundred_figures_on_a_clean_scan_five_at_most_are_lost_and_none_is_sure(
    tmp_path, monkeypatch, capsys
):
    lines, figures = hundred_figures()
    monkeypatch.setattr(writers, "REPORT", [writers.TITLE, "一、2023年工作情况", *lines])
    (tmp_path / "a.pdf").write_bytes(scanned(writers.pdf()))
    (tmp_path / "b.txt").write_bytes(writers.txt())
    documents, rejected = read_files(tmp_path, list_files(tmp_path))
    assert rejected.is_empty()
    found = DIGITS.findall(documents["text"][0])
    lost = [figure for figure in figures if figure not in found]
    with capsys.disabled():
        print(f"\n{len(figures) - len(lost)} of {len(figures)} figures recognised, lost: {lost}")
    assert len(figures) - len(lost) >= 0.95 * len(figures)
    observations = extract_documents(documents.filter(file_name="a.pdf"))["core.observations"]
    assert observations.height >= 80
    assert observations.filter(pl.col("confidence") >= 0.97).is_empty()
