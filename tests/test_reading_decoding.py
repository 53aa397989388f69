"""Bytes → text: every encoding that Chinese offices use, declared or not, rightly or not."""

import pytest

from pipeline.reading.formats.decoding import decode
from pipeline.reading.formats.refusal import Refusal

SIMPLIFIED = (
    "截至12月底,全县共有城乡低保对象1204户、2310人,累计发放低保金1230.35万元。\n全年办理结婚登记862对。"
)
TRADITIONAL = (
    "截至12月底,全縣共有城鄉低保對象1204戶、2310人,累計發放低保金1230。35萬元。\n全年辦理結婚登記862對。"
)
LINES = [
    "养老服务", "民政局2023年工作总结", "一、社会救助", "低保标准780元/月", "2024年工作计划", "残疾人补贴",
    "殡葬改革", "婚姻登记862对", "儿童福利院", "婚丧嫁娶", "地名普查", "慈善募捐12.5万元",
]  # fmt: skip


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030", "gbk"],
)
def test_simplified_text_in_every_encoding_undeclared(codec):
    decoded = decode(SIMPLIFIED.replace("\n", "\r\n").encode(codec))
    assert decoded.text == SIMPLIFIED
    assert decoded.encoding.startswith(codec.replace("gbk", "gb18030").split("-le")[0])
    assert decoded.notes is None


@pytest.mark.parametrize("codec", ["big5", "cp950", "gb18030", "utf-8", "utf-16"])
def test_traditional_text_in_every_encoding_undeclared(codec):
    assert decode(TRADITIONAL.encode(codec)).text == TRADITIONAL


@pytest.mark.parametrize("line", LINES)
def test_a_single_short_line_is_enough_to_tell_gb18030(line):
    assert decode(line.encode("gb18030")) == decode(line.encode("gb18030"), "gb2312")
    assert decode(line.encode("gb18030")).text == line


@pytest.mark.parametrize("line", ["養老服務", "婚姻登記862對", "兒童福利院", "低保標準780元/月", "殯葬改革"])
def test_a_single_short_line_is_enough_to_tell_big5(line):
    assert decode(line.encode("big5")).text == line


def test_gbk_that_happens_to_be_valid_utf8_is_not_read_as_greek():
    assert decode("联通".encode("gbk")).text == "联通"


@pytest.mark.parametrize(
    ("actual", "declared", "used"),
    [("utf-8", "gb2312", "utf-8"), ("gb18030", "utf-8", "gb18030"), ("gb18030", "Big5", "gb18030"),
     ("utf-16", "gbk", "utf-16")],
)  # fmt: skip
def test_a_wrong_declaration_is_noticed_and_not_followed(actual, declared, used):
    decoded = decode(SIMPLIFIED.encode(actual), declared)
    assert decoded.text == SIMPLIFIED
    assert decoded.encoding == used
    assert decoded.notes == f"declared {declared}, is {used}"


@pytest.mark.parametrize(
    ("actual", "declared"),
    [
        ("gb18030", "GB2312"),
        ("gbk", "x-gbk"),
        ("utf-8", "UTF8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "UTF-16LE"),
    ],
)
def test_a_right_declaration_is_not_remarked_upon(actual, declared):
    assert decode(SIMPLIFIED.encode(actual), declared).notes is None


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_a_file_cut_inside_a_character_is_read_with_a_note(codec):
    decoded = decode(
        (SIMPLIFIED * 3).encode(codec)[:-1] if codec == "utf-16" else (SIMPLIFIED + "户").encode(codec)[:-1]
    )
    assert "1230.35万元" in decoded.text
    assert "U+FFFD" in decoded.notes


def refused(data):
    with pytest.raises(Refusal) as caught:
        decode(data)
    return caught.value.reason


@pytest.mark.parametrize(
    ("wrong", "right"), [("gb18030", "utf-8"), ("latin-1", "gbk"), ("latin-1", "utf-8"), ("cp1252", "utf-8")]
)
def test_text_that_was_saved_after_a_wrong_decoding_is_refused(wrong, right):
    assert refused(SIMPLIFIED.encode(right).decode(wrong, "ignore").encode()) == "garbled"


@pytest.mark.parametrize("lost", ["锟斤拷", "\ufffd\ufffd"])
def test_text_whose_characters_are_lost_for_good_is_refused(lost):
    assert refused(f"{lost}1204{lost}2310{lost}。\n".encode() * 5) == "garbled"


def test_what_is_no_text_is_refused():
    assert refused(bytes(range(256)) * 8) == "binary"
    assert refused(b"\x01\x02\x03\x04id\x05\x06" * 9) == "binary"
    assert refused("Où êtes-vous allé en été? Déjà vu.".encode("latin-1")) == "undecodable"
    assert refused("全県の生活保護世帯は1204世帯です。カタカナ".encode("shift_jis")) == "undecodable"


def test_other_languages_in_utf8_are_read_as_they_are():
    for text in ("བོད་ལྗོངས 1204", "2023-يىلى 1204 ئائىلە", "1204 households"):
        assert decode(text.encode()).text == text
