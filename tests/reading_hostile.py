"""Files that should not be trusted: some 250 of them, made from seeds so that each run meets the same."""

import io
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

import reading_writers as writers

SENTENCE = "全县共有城乡低保对象1204户、2310人。"
WORD = "word/document.xml"
TYPES = "[Content_Types].xml"


def hostile_files(small: bool = False) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of each."""
    less = 8 if small else 1  # times smaller are those that take longest
    rng = random.Random(20260107)
    good = writers.all_formats()
    for suffix in ("txt", "docx", "pdf", "html", "xlsx", "csv", "doc", "md"):
        for i, size in enumerate((1, 2, 7, 100, 5_000, 100_000)):
            yield f"random{i}.{suffix}", rng.randbytes(size)
    for name, content in good.items():
        for i, share in enumerate((0.02, 0.3, 0.6, 0.97)):
            yield f"cut{i}-{name}", content[: int(len(content) * share)]
        for i in range(4):
            yield f"flipped{i}-{name}", flipped(content, rng, 2 + 20 * i)
        yield f"tail-{name}", content + rng.randbytes(2_000)
    yield from named(good, less)
    yield from archives(good)
    yield from deep_and_huge(less)
    yield from office()
    yield from pdfs(good["report.pdf"])
    yield from texts()


def flipped(content: bytes, rng: random.Random, count: int) -> bytes:
    out = bytearray(content)
    for _ in range(count):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def named(good: dict[str, bytes], less: int) -> Iterator[tuple[str, bytes]]:
    """Content under the name of another format, and formats that are not read."""
    names = list(good)
    for name, other in zip(names, names[3:] + names[:3], strict=True):
        yield f"as-{other}", good[name]
    heads = {
        "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF", "photo.webp": b"RIFF\0\0\0\0WEBP",
        "scan.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "scan.tif": b"II*\0",
        "old.gif": b"GIF89a\0\0", "pack.rar": b"Rar!\x1a\x07\0", "pack.7z": b"7z\xbc\xaf\x27\x1c",
        "run.exe": b"MZ\x90\0",
        "run": b"\x7fELF\x02\x01", "film.mp4": b"\0\0\0\x18ftypmp42",
    }  # fmt: skip
    for name, head in heads.items():
        yield name, head + bytes(range(256)) * 20
    yield from newer_formats(less)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    for name, stream in {
        "old.doc": "WordDocument", "old.wps": "WordDocument", "old.xls": "Workbook",
        "old.ppt": "PowerPoint Document",
        "locked.docx": "EncryptedPackage", "odd.doc": "Other",
    }.items():  # fmt: skip
        yield name, ole + stream.encode("utf-16-le") + bytes(3_000)
    yield "word2003.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'


def newer_formats(less: int) -> Iterator[tuple[str, bytes]]:
    """Bombs, lies, rings and locks in the kinds that offices use beside .docx and .pdf."""
    namespaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )

    def opendocument(kind: str, body: str, **others: bytes) -> bytes:
        content = (
            f"<office:document-content{namespaces}><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>"
        )
        mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
        return zipped({"mimetype": mimetype, "content.xml": content.encode(), **others})

    def ods(rows: str, **others: bytes) -> bytes:
        return opendocument("spreadsheet", f"<table:table>{rows}</table:table>", **others)

    cell = f"<table:table-cell{{}}><text:p>{SENTENCE}</text:p></table:table-cell>"
    row = "<table:table-row{}>{}</table:table-row>"
    many = ' table:number-columns-repeated="999999999"'
    yield "wide.ods", ods(row.format("", cell.format(many)))
    yield "tall.ods", ods(row.format(' table:number-rows-repeated="999999999"', cell.format("")))
    yield "large.ods", ods(row.format(' table:number-rows-repeated="9999"', cell.format(many)) * 9)
    yield "deep.ods", ods(row.format("", cell.format("").replace(SENTENCE, "<text:span>" * 9_000)))
    yield "empty.ods", ods("")
    locked = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    yield "locked.ods", ods(row.format("", cell.format("")), **{"META-INF/manifest.xml": locked})
    yield "bomb.ods", ods(" " * 40_000_000)

    def odt(body: str, **others: bytes) -> bytes:
        return opendocument("text", body, **others)

    said, table = f"<text:p>{SENTENCE}</text:p>", "<table:table>{}</table:table>"
    yield "wide.odt", odt(table.format(row.format("", cell.format(many))))
    yield (
        "tall.odt",
        odt(table.format(row.format(' table:number-rows-repeated="999999999"', cell.format("")))),
    )
    yield (
        "large.odt",
        odt(table.format(row.format(' table:number-rows-repeated="9999"', cell.format(many))) * 9),
    )
    yield "deep.odt", odt("<text:list><text:list-item>" * 9_000 + said)
    nested = "<table:table><table:table-row><table:table-cell>"
    ends = "</table:table-cell></table:table-row></table:table>"
    yield "nested.odt", odt(nested * 70 + said + ends * 70)
    yield "lists.odt", odt(("<text:list text:continue-numbering='true'><text:list-item>" + said) * 90
                           + "</text:list-item></text:list>" * 90)  # fmt: skip
    yield "numbers.odt", odt(f"<text:h text:outline-level='99999999999'>{SENTENCE}</text:h>" * 9_000)
    yield "empty.odt", odt("")
    yield "locked.odt", odt(said, **{"META-INF/manifest.xml": locked})
    yield "bomb.odt", odt(" " * 40_000_000)
    text_kind = b"application/vnd.oasis.opendocument.text"
    yield "spreadsheet-in.odt", zipped({"mimetype": text_kind, "content.xml": zipped_content(ods(""))})
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = zipped_content(odt(said.replace("</", "&x;</")))
    yield "external.odt", zipped({"mimetype": text_kind, "content.xml": entity + body})
    yield "styles.odt", odt(said, **{"styles.xml": b"<a>"})

    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'

    def ofd(page: str, pages: int = 1, document: str = "Doc_0/Document.xml") -> bytes:
        return zipped(
            {
                "OFD.xml": f"<ofd:OFD {ns}><ofd:DocRoot>{document}</ofd:DocRoot></ofd:OFD>".encode(),
                "Doc_0/Document.xml": f"<ofd:Document {ns}><ofd:Pages>".encode()
                + b'<ofd:Page BaseLoc="p.xml"/>' * pages
                + b"</ofd:Pages></ofd:Document>",
                "Doc_0/p.xml": f"<ofd:Page {ns}>{page}</ofd:Page>".encode(),
            }
        )

    text = (
        '<ofd:TextObject Boundary="{}" Size="{}"><ofd:TextCode X="0" Y="0" DeltaX="{}">{}</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    said = text.format("10 20 99 9", 4, "g 40 4", SENTENCE)
    yield "endless-steps.ofd", ofd(said.replace("g 40 4", "g 999999999 4 " * 50))
    yield "nowhere.ofd", ofd(said.replace("10 20", "nan inf") + said.replace('"4"', '"-1e99"') + said)
    yield "again.ofd", ofd(said * 200, pages=100 // less)
    yield "pages.ofd", ofd(said, pages=9_000)
    yield "ring.ofd", ofd(said, document="OFD.xml")
    yield "climbing.ofd", ofd(said, document="../../../etc/passwd")
    yield (
        "rules.ofd",
        ofd(
            said
            + "".join(
                f'<ofd:PathObject Boundary="{i % 200} 0 200 290">'
                "<ofd:AbbreviatedData>M 0 0 L 0 290 L 200 290</ofd:AbbreviatedData></ofd:PathObject>"
                for i in range(1_500 // less)
            )
        ),
    )
    picture = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>'
    yield "scan.ofd", ofd(picture)
    with_lock = io.BytesIO(ofd(said))
    with zipfile.ZipFile(with_lock, "a") as archive:
        archive.writestr("Encryptions.xml", "<a/>")
    yield "locked.ofd", with_lock.getvalue()

    start = b"{\\rtf1\\ansi\\ansicpg936 " + SENTENCE.encode("gbk")
    yield "deep.rtf", start + b"{" * (400_000 // less)
    yield "closed.rtf", start + b"}" * 400_000
    yield (
        "cells.rtf",
        start
        + b"\\trowd\\intbl"
        + b"".join(b"\\cellx%d" % (i * 50) for i in range(9_000))
        + (b"1\\cell " * 300 + b"\\row") * (1_000 // less),
    )
    yield "page.rtf", start.replace(b"936", b"99999")
    yield "skip.rtf", start + b"\\bin999999999 1204"
    yield "numbers.rtf", start + b"\\u-99999999 \\u99999999 \\cellx-5 \\uc99999 \\par" * 9_000
    yield "only-head.rtf", b"{\\rtf1"

    head = b"From: a@b\r\nTo: c@d\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(500 // less)
    )
    yield "nested.eml", head + nested + b"\r\n" + SENTENCE.encode()
    yield "bodiless.eml", head + b"Content-Type: application/zip\r\n\r\nPK"
    yield "charset.eml", head + b"Content-Type: text/plain; charset=none\r\n\r\n" + SENTENCE.encode("gbk") * 9
    yield "base64.eml", head + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"!" * 90_000

    for name in ("report.doc", "report.xls"):
        good = bytearray(writers.by_libreoffice(name))
        ring = good[:]
        first = struct.unpack_from("<I", ring, 76)[0]
        ring[(first + 1) * 512 : (first + 2) * 512] = (
            struct.pack("<I", 0) * 128
        )  # every sector leads to the first
        yield f"ring-{name}", bytes(ring)
        far = good[:]
        far[48:52] = struct.pack("<I", 0x7FFFFFFF)  # the directory stands behind the end
        yield f"far-{name}", bytes(far)
        huge = good[:]
        huge[30:32] = b"\xff\x00"  # sectors of 2 ** 255 bytes
        yield f"huge-sectors-{name}", bytes(huge)
    locked = bytearray(writers.by_libreoffice("report.doc"))
    at = locked.index(b"\xec\xa5")
    locked[at + 11] |= 1
    yield "locked.doc", bytes(locked)
    older = bytearray(writers.by_libreoffice("report.doc"))
    older[at : at + 2] = b"\xdc\xa5"
    yield "word95.doc", bytes(older)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def zipped_content(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("content.xml")


def archives(good: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    nested = good["utf8.txt"]
    for i in range(12):
        nested = zipped({f"{i}.zip": nested})
    yield "nested.zip", nested
    yield "many.zip", zipped({f"{i}.txt": b"1" for i in range(6_000)}, zipfile.ZIP_STORED)
    yield "plain.zip", zipped(dict(good))
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as archive:
        info = tarfile.TarInfo("../../out.txt")
        info.size = 5
        archive.addfile(info, io.BytesIO(b"12345"))
    yield "climbing.tar.gz", tar.getvalue()
    yield "hollow.ofd", zipped({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<a/>"})
    yield (
        "bodiless.odt",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
    )
    slides = b"application/vnd.oasis.opendocument.presentation"
    yield "open.odp", zipped({"mimetype": slides, "content.xml": b"<a/>"})
    yield "slides.pptx", zipped({"ppt/presentation.xml": b"<a/>"})
    yield "binary.xlsb", zipped({"xl/workbook.bin": b"\0"})
    yield "empty.zip", zipped({})
    yield "climbing.docx", zipped({"../../etc/passwd": b"x", "word/../../a.xml": b"x"})


def deep_and_huge(less: int) -> Iterator[tuple[str, bytes]]:
    report = f"<p>{SENTENCE}</p>".encode()
    yield "deep.html", b"<div>" * 300_000 + report
    yield "deep-unclosed.html", b"<html><body>" + b"<b><i><u><a>" * 50_000 + report
    yield "deep-tables.html", b"<html><body>" + b"<table><tr><td>" * 900 + report
    yield "deep-lists.html", b"<html><body>" + b"<ul><li>" * 900 + report
    yield (
        "attributes.html",
        b"<html><body><p " + b" ".join(b'a%d="%d"' % (i, i) for i in range(15_000)) + b">" + report,
    )
    rows = b"".join(b"<tr><td>%d</td><td>%d</td></tr>" % (i, i * 7) for i in range(20_000 // less))
    yield "rows.html", b"<html><body><table>" + rows + b"</table>" + report
    yield (
        "spans.html",
        b"<html><body><table><tr><td colspan=999999999 rowspan=999999999>1</td></tr></table>" + report,
    )
    yield (
        "only-script.html",
        b"<html><body><script>" + b"document.write(1204);" * 5_000 + b"</script></body></html>",
    )
    yield (
        "remote.html",
        b'<html><body><img src="http://192.0.2.1/a.png"><iframe src="file:///etc/passwd"></iframe>' + report,
    )
    yield "entities.html", b"<html><body><p>" + b"&#49;&#50;" * 30_000 + b"</p>" + report
    yield "frames.html", b"<html><frameset><frame src=a.html></frameset></html>"
    yield "empty.html", b"<html><head><title>x</title></head><body> \n</body></html>"
    yield "table.csv", b"".join(b"%d,%d,%d\n" % (i, i * 3, i * 7) for i in range(60_000 // less))
    yield "quotes.csv", b'"' * 100_001
    yield "wide.csv", b",".join(b"%d" % i for i in range(100_000))
    yield "bomb.docx", zipped({TYPES: b"<a/>", WORD: b"<a>" + b" " * 40_000_000 + b"</a>"})
    yield (
        "bomb.xlsx",
        zipped({TYPES: b"<a/>", "xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 40_000_000}),
    )


def document(body: str) -> str:
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{ns}"><w:body>{body}</w:body></w:document>'


def office() -> Iterator[tuple[str, bytes]]:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "1204"}">' for i in range(10))
    said = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
    cell, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    kind = '<?xml version="1.0"?><!DOCTYPE w [{}]>'.format
    external = kind('<!ENTITY x SYSTEM "file:///etc/passwd">')
    bodies = {
        "laughs": kind(laughs) + document(said.replace(SENTENCE, "&l9;")),
        "external": external + document(said.replace(SENTENCE, f"{SENTENCE}&x;")),
        "nested": document(cell * 20_000 + end * 20_000),
        "nested-less": document(cell * 70 + said + end * 70),
        "bodiless": document("").replace("<w:body></w:body>", ""),
        "empty": document("<w:p/>"),
        "wrong": "<html><body>1</body></html>",
        "unclosed": document("<w:p>"),
    }
    for name, body in bodies.items():
        yield f"{name}.docx", zipped({TYPES: b"<a/>", WORD: body.encode()})
    yield "no-parts.docx", zipped({WORD: b""})
    encrypted = bytearray(zipped({WORD: b"<a/>"}))
    encrypted[6] |= 1
    encrypted[encrypted.rindex(b"PK\x01\x02") + 8] |= 1
    yield "encrypted-member.docx", bytes(encrypted)
    lying = bytearray(zipped({WORD: b"<a>" + b"x" * 5_000 + b"</a>"}))
    at = lying.rindex(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 10)
    yield "lying-size.docx", bytes(lying)
    book = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    yield "sheetless.xlsx", zipped({TYPES: b"<a/>", "xl/workbook.xml": book.encode()})


def pdfs(good: bytes) -> Iterator[tuple[str, bytes]]:
    yield "no-pages.pdf", pdf("<< /Type /Pages /Kids [] /Count 0 >>")
    yield "loop.pdf", pdf("<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
    yield "liar.pdf", pdf("<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>")
    yield (
        "blank.pdf",
        pdf(
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
        ),
    )
    bomb = zlib.compress(b"BT ET " * 7_000_000, 6)
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    stream = f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n".encode() + bomb + b"\nendstream"
    yield "bomb.pdf", pdf("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream)
    yield "header-only.pdf", b"%PDF-1.7\n"
    yield "text-after-header.pdf", b"%PDF-1.4\n" + SENTENCE.encode() * 50
    yield "shifted.pdf", b"\n" * 500 + good


def pdf(*objects: str | bytes) -> bytes:
    """A PDF of the given objects, numbered from 2; 1 is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for i, body in enumerate(("<< /Type /Catalog /Pages 2 0 R >>", *objects)):
        places.append(len(out))
        out += (
            f"{i + 1} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
        )
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def texts() -> Iterator[tuple[str, bytes]]:
    for codec in (
        "utf-7",
        "hz",
        "big5",
        "euc_kr",
        "shift_jis",
        "cp1252",
        "koi8-r",
        "utf-16-be",
        "utf-32-be",
        "cp037",
    ):
        yield f"{codec}.txt", SENTENCE.encode(codec, "ignore") + b"\n"
    yield "empty.txt", b""
    yield "blank.txt", " \n\u3000\t\n\f\n".encode() * 50
    yield "zeros.txt", bytes(10_000)
    yield "marks.txt", b"\xef\xbb\xbf" * 3
    yield "half-mark.txt", b"\xff\xfe\0"
    yield "odd-utf16.txt", SENTENCE.encode("utf-16")[:-1]
    yield "controls.txt", bytes(range(1, 32)) * 100
    yield "surrogates.txt", b"\xed\xa0\x80\xed\xb0\x80" * 10 + SENTENCE.encode()
    yield "one-line.txt", SENTENCE.encode() * 20_000
    yield "numbers.txt", b" ".join(b"%d" % i for i in range(50_000))
    yield "long-number.txt", b"1" * 300_000
    yield "newlines.txt", b"\n" * 300_000 + b"1"
    yield "carriage.txt", SENTENCE.encode() + b"\r" * 100_000
    yield "bars.txt", b"|" * 200_000
    yield "nested-marks.txt", ("(" * 50_000 + "一" + ")" * 50_000).encode()
    yield "right-to-left.txt", ("\u202e" * 1000 + SENTENCE).encode()
    yield "mojibake.txt", (SENTENCE * 9).encode().decode("gb18030", "ignore").encode()
    yield "lost.txt", "锟斤拷1204".encode() * 50
