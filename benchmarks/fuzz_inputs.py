"""Inputs of every kind that is read, small and good, for `fuzz` to break."""

import gzip
import io
import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

STORY = (
    "A car bomb exploded near a hospital in Tikrit on Tuesday, killing 14 people and wounding 37, police said.\n\n"
    "Gunmen killed eleven villagers near Jos, Nigeria, on 12 November 2023. A roadside bomb wounded 1 250 in Kirkuk."
)
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Blast</title>'
    '<meta property="article:published_time" content="2023-11-14T10:00:00+03:00">'
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-11-14"}</script></head><body>'
    f"<article><h1>Blast kills 14</h1><p>{STORY}</p><ul><li>One</li></ul><table><tr><th>Place</th><th>Killed</th></tr>"
    "<tr><td>Kano</td><td>3</td></tr></table></article><footer>2019</footer></body></html>"
)
ITEM = (
    "<item><title>Blast</title><link>https://a.example/1</link><guid>1</guid><pubDate>Tue, 14 Nov 2023 09:00:00 +0300"
    f"</pubDate><description><![CDATA[<p>{STORY}</p><br>x]]></description><media:description>m</media:description></item>"
)
RSS = f'<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title>{ITEM}</channel></rss>'
JSON = json.dumps({"id": 1, "url": "https://a.example/1", "title": "T", "text": STORY, "published_at": "2023-11-14"})
MAIL = f"From: Desk <d@a.example>\nDate: Tue, 14 Nov 2023 09:00:00 +0300\nSubject: Brief\n\n{STORY}"
NEWSLETTER = (
    "From: Desk <d@a.example>\nDate: Tue, 14 Nov 2023 09:00:00 +0300\nSubject: =?utf-8?q?Br=C3=ADef?=\n"
    'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n'
    "--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\n"
    f"<p>{STORY[:60]}=\n{STORY[60:]}</p><ul><li>One=2E</li></ul>\n--b--"
)
CSV = 'id,text,published_at\n1,"' + STORY.replace('"', "") + '",2023-11-14\n'
OPML = '<?xml version="1.0"?><opml><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>'


def document(text: str) -> bytes:
    """Return the XML of a Word document."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return f'<w:document xmlns:w="{name}"><w:body>{paragraphs}</w:body></w:document>'.encode()


def packed_as_docx(xml: bytes) -> bytes:
    """Return a Word document, given its XML."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", xml)
    return packed.getvalue()


def warc(page: str) -> bytes:
    """Return a web archive of one page."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2023-11-15T00:00:00Z\r\n"
    )
    return (
        f"{head}Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    )


def pdf(text: str) -> bytes:
    """Return a PDF document of one page."""
    lines = "".join(
        f"BT /F1 12 Tf 50 {700 - 20 * number} Td ({line}) Tj ET\n" for number, line in enumerate(text.split("\n"))
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(lines)}>>stream\n{lines}endstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size 6>>\n%%EOF".encode()


def parquet(text: str) -> bytes:
    """Return a Parquet file of two rows."""
    packed = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2], "text": [text, text], "published_at": ["2023-11-14", None]}), packed)
    return packed.getvalue()


GOOD = {
    "extract": STORY.encode(),
    "feed": RSS.encode(),
    "json feed": b'{"version":"https://jsonfeed.org/version/1","items":[' + JSON.encode() + b"]}",
    "list": OPML.encode(),
    "x.txt": MAIL.encode(),
    "x.html": PAGE.encode(),
    "x.jsonl": JSON.encode() + b"\n" + JSON.encode(),
    "x.jsonl.gz": gzip.compress(JSON.encode(), mtime=0),
    "x.json": b"[" + JSON.encode() + b"," + JSON.encode() + b"]",
    "x.csv": CSV.encode(),
    "x.eml": MAIL.encode(),
    "newsletter.eml": NEWSLETTER.encode(),
    "packed.docx": packed_as_docx(document(STORY)),
    "xml.docx": document(STORY),
    "x.warc": warc(PAGE),
    "x.parquet": parquet(STORY),
    "x.pdf": pdf(STORY),
}
"""A good input for each target, by its name; that of a file's is its name."""
