"""Texts that made reading or extraction take all memory or all time, as large as asked for."""

from collections.abc import Iterator

HEAD = "甲县民政局2023年工作总结\n\n"
REPEATED = {  # what is repeated in one line
    "pairs": "低保对象1204户2310人",
    "numbers": "12人",
    "percents": "百分之",
    "villages": "村",
    "streets": "街道",
    "months": "1-10月",
    "of-which": "其中：城市310户，",
    "towns": "青田镇12户、",
    "from-to": "由310户增加到320户，",
    "units": "3个、4家、5所、",
    "regions": "青田县、缙云县、松阳县",
    "numerals": "一二三四五六七八九〇",
    "scales": "万亿",
    "brackets": "（（（",
    "years": "2019年、2020年、2021年",
    "quotes": "“低保”",
    "dots": "……",
    "spaces": " 　",
    "bars": "|1",
    "dashes": "——",
    "sums": "合计3人，小计4人，",
    "cues": "不低于不超过比上年增长",
    "unbroken": "我县民政工作取得了新的成绩",
}
LINES = {  # what is repeated line by line
    "short-lines": "1\n",
    "headings": "一、社会救助\n",
    "numbered": "1.1.1.1 新建2家\n",
    "rows": "| 低保 | 12 | 34 | 56 |\n",
    "returns": "低保12人\r",
    "aligned": "低保对象    120    230    340\n",
    "cells": "低保\n12\n户\n",
    "titles": "乙县民政局2022年工作总结\n",
    "tasks": "1.新建养老机构3家，由养老科负责，9月底前完成。\n",
    "sentences": "全县共有低保对象1204户2310人，比上年增长5.2%。\n",
    "empty-lines": "\n \n",
    "dates": "2023年1月5日\n",
}


def hostile_texts(size: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of some `size` bytes each."""
    for name, piece in REPEATED.items():
        yield f"{name}.txt", (HEAD + piece * (size // len(piece.encode())) + "人。\n").encode()
        yield f"{name}-odd.txt", (HEAD + ("低保对象" + piece) * (size // (12 + len(piece.encode())))).encode()
    for name, piece in LINES.items():
        yield f"{name}.txt", (HEAD + piece * (size // len(piece.encode()))).encode()
        yield f"{name}-gbk.txt", (HEAD + piece * (size // len(piece.encode()))).encode("gbk", "replace")
    cells = size // 10
    yield "wide-row.html", f"<table><tr>{'<td>1</td>' * cells}</tr></table>".encode()
    yield "long-column.html", f"<table>{'<tr><td>1人</td></tr>' * (size // 22)}</table>".encode()
    yield "paragraphs.html", f"<p>{HEAD}</p>{'<p>低保1人</p>' * (size // 17)}".encode()
    width = int(size**0.5)
    yield "wide-then-long.csv", ("," * (size // 2) + "\n" + "1,2\n" * (size // 8)).encode()
    yield "square.csv", ("\n".join([",".join(["12"] * (width // 2))] * (width // 2))).encode()
    yield "infinite.txt", f"{HEAD}低保对象{'一二三四五六七八九〇' * 40}人。城市{'万亿' * 60}人。\n".encode()
