"""Documents of other programs: JSON, Word, mail, PDF, and the texts of web archives."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime, timezone

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.document import Document
from pipeline.sources.reader import read_file
from pipeline.sources.streams import Limits
from schemas import Article, BlockKind, Reject

NOW = datetime(2023, 11, 20, tzinfo=timezone.utc)
STORY = "A car bomb exploded near a hospital in Portville on Tuesday, killing 14 people, police said."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(name: str, data: bytes, limits: Limits = Limits()) -> list[Article | Reject]:  # noqa: B008  # it is frozen
    return list(read_file(f"in/{name}", lambda path: io.BytesIO(data), NOW, limits))


def articles(name: str, data: bytes) -> list[Article]:
    found = read(name, data)
    assert all(isinstance(each, Article) for each in found), found
    return [each for each in found if isinstance(each, Article)]


@pytest.mark.parametrize(
    "written",
    [
        '[{"text": "x one"}, {"text": "x two"}]',
        '{"text": "x one"}\n{"text": "x two"}\n',
        '\ufeff[\n{"text": "x one"},\n{"text": "x two"}\n]\n',
        '{"status": "ok", "articles": [{"text": "x one"}, {"text": "x two"}]}',
    ],
)
def test_json_in_every_arrangement(written: str) -> None:
    assert [each.text for each in articles("a.json", written.encode())] == ["x one", "x two"]


def test_a_bad_record_costs_no_other() -> None:
    good, bad, also_good = read("a.json", b'[{"text": "x"}, 7, {"text": "y"}]')
    assert isinstance(good, Article)
    assert isinstance(bad, Reject)
    assert (bad.ref, "not an object" in bad.reason) == ("in/a.json:2", True)
    assert isinstance(also_good, Article)


def test_json_that_breaks_off_is_read_up_to_there() -> None:
    good, bad = read("a.json", b'[{"text": "x"}, {"text": "y')
    assert isinstance(good, Article)
    assert isinstance(bad, Reject)
    assert "after record 1" in bad.reason


def test_a_record_that_is_too_long_is_told() -> None:
    (bad,) = read("a.json", json.dumps([{"text": "x" * 5_000}]).encode(), Limits(10_000, 1_000))
    assert isinstance(bad, Reject)
    assert "longer than" in bad.reason


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1).filter(str.strip)))
def test_what_a_writer_writes_as_json_is_read(texts: list[str]) -> None:
    data = json.dumps([{"text": each, "id": number} for number, each in enumerate(texts)], ensure_ascii=False).encode()
    found = [each for each in read("a.json", data) if isinstance(each, Article)]
    assert len(found) <= len(texts)  # what is in another language is set aside


def word(*paragraphs: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
        )
    return packed.getvalue()


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words[:5]}</w:t></w:r><w:r><w:t>{words[5:]}</w:t></w:r></w:p>"


def test_a_word_document_with_its_blocks() -> None:
    row = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("Portville", "14"))
    (found,) = articles(
        "a.docx",
        word(
            paragraph("Blast in the north of it", '<w:pStyle w:val="Heading1"/>'),
            paragraph(STORY),
            paragraph("First of all", "<w:numPr/>"),
            f"<w:tbl><w:tr>{row}</w:tr></w:tbl>",
        ),
    )
    assert found.text == f"Blast in the north of it\n\n{STORY}\n\nFirst of all\n\nPortville | 14"
    assert found.title == "Blast in the north of it"
    assert [block.kind for block in found.blocks] == [
        BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW,
    ]  # fmt: skip
    assert found.text[found.blocks[3].start : found.blocks[3].end] == "Portville | 14"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"no zip", word("<w:p>")[:-30], b""])
def test_what_is_no_word_document_is_told(data: bytes) -> None:
    (bad,) = read("a.docx", data)
    assert isinstance(bad, Reject)
    assert ".docx" in bad.reason or "Word" in bad.reason


MAIL = "From: Security Desk <d@a.example>\r\nDate: Tue, 14 Nov 2023 02:30:00 +0300\r\nSubject: Daily\r\n brief\r\n"


def test_a_mail() -> None:
    (found,) = articles("a.eml", f"{MAIL}\r\n{STORY}".encode())
    assert (found.title, found.source, found.text) == ("Daily brief", "Security Desk", STORY)
    assert (str(found.published_at), found.published_offset_minutes) == ("2023-11-13 23:30:00+00:00", 180)


@pytest.mark.parametrize(
    "date",
    [
        "Tue, 111111111114 Nov 2023 09:00:00 +0300",
        "Tue, 14 Nov 2023 09:00:0099999999999999999999999 +0300",
        "Tue, 14 Nov 2023 09:00:00 +03000000000000000000000000",
        "Tue, 14 Nov 99999999999999999999 09:00:00 +0300",
        "Tue, 31 Nov 2023 09:00:00 +0300",
        "14",
    ],
)
def test_a_mail_whose_date_is_none_is_read_without(date: str) -> None:
    article, told = read("a.eml", f"Subject: Brief\r\nDate: {date}\r\n\r\n{STORY}".encode())
    assert isinstance(article, Article)
    assert isinstance(told, Reject)
    assert (article.title, article.text, article.published_at) == ("Brief", STORY, None)
    assert date in told.reason


def test_of_a_mail_in_two_forms_the_one_with_structure_is_read() -> None:
    parts = (
        "--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        f"<p>{STORY}</p><ul><li>One</li></ul>\r\n--b--"
    )
    (found,) = articles("a.eml", f'{MAIL}Content-Type: multipart/alternative; boundary="b"\r\n\r\n{parts}'.encode())
    assert found.text == f"{STORY}\n\nOne"
    assert found.blocks[-1].kind is BlockKind.LIST_ITEM


def test_a_mail_that_is_forwarded() -> None:
    inner = f"Subject: Alert\r\nContent-Type: text/plain\r\n\r\n{STORY}"
    parts = f"--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--"
    (found,) = articles("a.eml", f'{MAIL}Content-Type: multipart/mixed; boundary="b"\r\n\r\n{parts}'.encode())
    assert (found.title, found.text) == ("Daily brief", STORY)


def test_a_mail_in_quoted_printable() -> None:
    body = "A car bomb killed 14 people in Portville on Tues=\r\nday, the ministry said=2E"
    (found,) = articles("a.eml", f"{MAIL}Content-Transfer-Encoding: quoted-printable\r\n\r\n{body}".encode())
    assert found.text.strip() == "A car bomb killed 14 people in Portville on Tuesday, the ministry said."


def pdf(*lines: str) -> bytes:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    font = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
            pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
            pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
        }
    )
    fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): writer._add_object(font)})
    page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
        {pypdf.generic.NameObject("/Font"): fonts}
    )
    shown = "".join(f"BT /F1 12 Tf 50 {700 - 20 * number} Td ({line}) Tj ET\n" for number, line in enumerate(lines))
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(shown.encode())
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def test_a_pdf_with_text() -> None:
    (found,) = articles(
        "a.pdf", pdf("Gunmen killed nine people in Portville on Monday,", "the police of the city said.")
    )
    assert "Gunmen killed nine people in Portville on Monday," in found.text
    assert "the police of the city said." in found.text


@pytest.mark.parametrize(
    ("data", "remedy"), [(pdf(), "OCR"), (b"%PDF-1.4 nothing", "save it anew"), (b"", "save it anew")]
)
def test_a_pdf_that_cannot_be_read_says_what_to_do(data: bytes, remedy: str) -> None:
    (bad,) = read("a.pdf", data)
    assert isinstance(bad, Reject)
    assert remedy in bad.reason


def test_a_pdf_that_takes_for_ever_is_given_up_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = pdf("Gunmen killed nine people in Portville.", *["x"] * 200_000)
    monkeypatch.setattr("pipeline.sources.pdf.SECONDS", 1.0)
    (bad,) = read("a.pdf", endless)
    assert isinstance(bad, Reject)
    assert "takes longer than 1 s to read" in bad.reason
    monkeypatch.undo()
    assert articles("a.pdf", pdf("Gunmen killed nine people in Portville."))


def record(kind: str, content: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2023-11-15T00:00:00Z\r\n"
    )
    return f"{head}Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def pages() -> Iterator[tuple[str, bytes]]:
    yield "a.warc.wet", record("conversion", "text/plain", f"Blast in the north\n\n{STORY}".encode())
    html = f"<html><head><title>Blast</title></head><body><article><p>{STORY}</p><p>{STORY}</p></article></body></html>"
    yield "a.warc", record("resource", "text/html", html.encode())


@pytest.mark.parametrize(("name", "data"), list(pages()))
def test_texts_and_resources_of_web_archives(name: str, data: bytes) -> None:
    (found,) = articles(name, data + record("resource", "image/png", b"x") + record("conversion", "image/png", b"x"))
    assert STORY in found.text
    assert (found.url, found.source) == ("https://a.example/1", "a.example")
    assert found.fetched_at == datetime(2023, 11, 15, tzinfo=timezone.utc)


def test_a_document_keeps_no_blocks_that_do_not_fit_its_text() -> None:
    assert Document("a", None, "f", "x").blocks == ()


@pytest.mark.parametrize("name", ["Content-Type", "Subject", "From", "Date", "To", "Content-Disposition"])
def test_a_mail_with_a_header_without_end_is_read_in_time(name: str) -> None:
    started = time.process_time()
    found = read("a.eml", f"Subject: Brief\r\n{name}: {'x(' * 20_000}\r\n\r\n{STORY}".encode())
    assert [each.text for each in found if isinstance(each, Article)] == [STORY]
    assert time.process_time() - started < 2
