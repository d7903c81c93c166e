import re

import pytest

from schemas import EventType
from schemas.codes import CODINGS


@pytest.mark.parametrize("event_type", EventType)
def test_every_type_is_found_in_three_codebooks(event_type: EventType) -> None:
    coding = CODINGS[event_type]
    assert coding.acled_event
    assert coding.acled_sub_event
    assert coding.plover_event.isupper()
    assert re.fullmatch(r"\d{3,4}", coding.cameo)


def test_there_are_no_codes_for_anything_else() -> None:
    assert set(CODINGS) == set(EventType)


@pytest.mark.parametrize(
    ("event_type", "sub_event", "cameo"),
    [
        (EventType.DRONE_ATTACK, "Air/drone strike", "195"),
        (EventType.ABDUCTION, "Abduction/forced disappearance", "181"),
        (EventType.SUICIDE_BOMBING, "Suicide bomb", "1831"),
        (EventType.ARREST_RAID, "Arrests", "173"),
    ],
)
def test_known_codes(event_type: EventType, sub_event: str, cameo: str) -> None:
    assert (CODINGS[event_type].acled_sub_event, CODINGS[event_type].cameo) == (sub_event, cameo)
