from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.rejects import RECORD_CHARS, reject

any_text = st.text(st.characters(codec=None))  # lone surrogates too


def test_a_record_is_cut_and_bytes_are_escaped() -> None:
    assert reject("sources", "bad", "a.txt", "x" * 5_000).record == "x" * RECORD_CHARS
    assert reject("sources", "bad", "a.txt", b"\x00abc\xff").record == r"\x00abc\xff"
    assert reject("sources", "bad", "a.txt").record is None


@given(any_text, any_text, any_text | st.binary() | st.none())
def test_anything_can_be_rejected_and_stored(reason: str, ref: str, record: str | bytes | None) -> None:
    row = reject("sources", reason, ref, record)
    row.model_dump_json().encode("utf-8")
    assert len(row.record or "") <= RECORD_CHARS
    assert row == reject("sources", reason, ref, record)


def test_other_faults_have_other_ids() -> None:
    one = reject("sources", "bad", "a.txt", "x")
    assert one.reject_id != reject("sources", "bad", "b.txt", "x").reject_id
    assert one.reject_id != reject("sources", "worse", "a.txt", "x").reject_id
