import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import BinaryError, SourceError, UndecodableError
from pipeline.sources.decode import decode, unify_line_ends

ENGLISH = "The spokesman said “we will not yield” at the café by the old bridge, and nobody was hurt. "

LEGACY = [
    ("cp1252", ENGLISH),
    ("latin-1", "Un atentado mató a tres personas cerca del mercado, según informó el señor Núñez, portavoz."),
    ("cp1252", "Bei einem Anschlag auf eine Brücke wurden gestern drei Männer getötet, erklärte die Behörde."),
    ("cp1250", "W zamachu zginęły trzy osoby, a pięć zostało rannych, poinformował rzecznik. Żołnierze są tam."),
    ("cp1254", "Bombalı saldırıda üç kişi hayatını kaybetti, beş kişi yaralandı, diye açıkladı içişleri bakanlığı."),
    ("cp1251", "В результате взрыва автомобиля погибли три человека, сообщил представитель министерства."),
    ("cp1256", "قالت الوزارة إن ثلاثة أشخاص قتلوا في انفجار سيارة مفخخة قرب السوق المركزي صباح الثلاثاء"),
    ("shift_jis", "火曜日、市場の近くで自動車爆弾が爆発し、三人が死亡したと内務省が発表した。"),
    ("gb18030", "内政部周二表示，市场附近发生汽车炸弹爆炸，造成三人死亡。"),
]


@pytest.mark.parametrize(("encoding", "text"), LEGACY)
def test_legacy_encodings_are_read(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_unicode_encodings_are_read(encoding: str) -> None:
    data = ENGLISH.encode(encoding)
    if encoding == "utf-32-le":
        data = b"\xff\xfe\x00\x00" + data
    assert decode(data).text == ENGLISH


def test_a_few_broken_bytes_are_replaced_and_the_rest_of_utf8_kept() -> None:
    data = (ENGLISH * 3).encode().replace(b"spokesman", b"spokes\xffman", 1)
    text, encoding = decode(data)
    assert encoding == "utf-8"
    assert text == (ENGLISH * 3).replace("spokesman", "spokes\ufffdman", 1)


def test_the_declared_encoding_is_used_when_it_fits() -> None:
    polish = "Zamach w mieście Łódź"
    assert decode(polish.encode("iso8859_2"), "iso-8859-2").text == polish
    assert decode(ENGLISH.encode(), "iso-8859-2").text == ENGLISH  # what is UTF-8 needs no declaration
    assert decode(ENGLISH.encode("cp1252"), "no-such-encoding").text == ENGLISH


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 some text",
        b"PK\x03\x04 some text",
        b"\x89PNG\r\n",
        b"text with a \x00 in it, once",
        bytes(range(1, 32)) * 10,
        b"\x00" * 100,
        b"\x00",
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(BinaryError):
        decode(data)


@pytest.mark.parametrize("data", [b"\x80\x81\x82" * 50, b"\xff\xfe" + b"\x00\xd8a\x00" * 50])
def test_what_no_encoding_fits_is_refused(data: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(data)


def test_line_ends_are_unified() -> None:
    assert unify_line_ends("a\r\nb\rc\nd") == "a\nb\nc\nd"
    assert decode(b"a\r\n\r\nb").text == "a\n\nb"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_utf8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.removeprefix("\ufeff").encode()).text == text.removeprefix("\ufeff")


@given(st.binary(), st.sampled_from([None, "utf-8", "cp1251", "hex", "idna"]))
def test_any_bytes_give_a_text_or_a_named_error(data: bytes, declared: str | None) -> None:
    try:
        decode(data, declared).text.encode("utf-8")
    except SourceError:
        return
