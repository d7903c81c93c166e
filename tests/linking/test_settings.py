from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.linking.settings import SETTABLE, Setting, apply
from schemas import DatePrecision, GeoPrecision, Happening
from tests.support.records import incident

ID = "i-" + "0" * 24
TOLD: dict[str, Any] = {
    "killed_low": 3, "killed_best": 3, "killed_high": 8,
    "date_earliest": date(2023, 11, 9), "date_latest": date(2023, 11, 9), "date_precision": "day",
    "date_basis": "weekday", "date_text": "on Thursday", "date_weekday": 3,
    "place_name": "Rukban", "country": "SYR", "latitude": 33.3, "longitude": 38.7, "geo_precision": "locality",
}  # fmt: skip


def settings(**values: Any) -> list[Setting]:
    return [Setting(id=ID, field=field, value=value) for field, value in values.items()]


def changes(**values: Any) -> dict[str, Any]:
    before = incident(1, **TOLD)
    after = apply(before, settings(**values))
    return {name: getattr(after, name) for name in SETTABLE if getattr(after, name) != getattr(before, name)}


@pytest.mark.parametrize(
    ("values", "changed"),
    [
        ({"killed_best": 5}, {"killed_best": 5}),
        ({"killed_best": 12}, {"killed_best": 12, "killed_high": 12}),
        ({"killed_best": 1}, {"killed_best": 1, "killed_low": 1}),
        ({"killed_best": "unknown"}, {"killed_best": None}),
        ({"killed_high": 2}, {"killed_high": 2, "killed_low": 2, "killed_best": 2}),
        ({"wounded_low": 4}, {"wounded_low": 4}),
        ({"event_type": "bombing"}, {"event_type": "bombing"}),
        ({"place_name": "Rukban"}, {}),
        (
            {"place_name": "Tanf"},
            {"place_name": "Tanf", "latitude": None, "longitude": None, "geo_precision": GeoPrecision.UNKNOWN},
        ),
        (
            {"place_name": "Tanf", "latitude": 33.5, "longitude": 38.6},
            {"place_name": "Tanf", "latitude": 33.5, "longitude": 38.6},
        ),
        (
            {"geo_precision": "country"},
            {"geo_precision": GeoPrecision.COUNTRY, "latitude": None, "longitude": None},
        ),
        (
            {"date_latest": date(2023, 11, 10)},
            {"date_latest": date(2023, 11, 10), "date_precision": DatePrecision.DAYS, "date_text": None,
             "date_weekday": None},
        ),
        (
            {"date_earliest": "2023-11-12"},
            {"date_earliest": date(2023, 11, 12), "date_latest": date(2023, 11, 12), "date_text": None,
             "date_weekday": None},
        ),
        (
            {"date_earliest": "unknown"},
            {"date_earliest": None, "date_latest": None, "date_precision": DatePrecision.UNKNOWN, "date_text": None,
             "date_weekday": None},
        ),
    ],
)  # fmt: skip
def test_what_is_set_wins_and_what_would_contradict_it_gives_way(
    values: dict[str, Any], changed: dict[str, Any]
) -> None:
    assert changes(**values) == changed


def test_without_settings_nothing_changes() -> None:
    assert apply(incident(1, **TOLD), []) is not None
    assert changes() == {}


def test_lists_are_set_whole() -> None:
    (setting,) = settings(perpetrators=[{"name": "ISIS", "actor_type": "armed_group"}])
    (party,) = apply(incident(1), [setting]).perpetrators
    assert party.name == "ISIS"
    assert setting.reason.startswith('perpetrators set to [{"name":"ISIS"')


@pytest.mark.parametrize(
    ("field", "value"),
    [("killed_best", -1), ("killed_best", "many"), ("latitude", 133), ("country", "Syria"), ("event_type", "picnic"),
     ("colour", "red"), ("incident_id", ID), ("perpetrators", [{"nam": "x"}]), ("date_earliest", "Tuesday"),
     ("background", "unknown"), ("confidence", 1.5)],
)  # fmt: skip
def test_values_are_checked_as_the_model_checks_them(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Setting(id=ID, field=field, value=value)


def test_settings_that_contradict_one_another_are_refused() -> None:
    with pytest.raises(ValueError, match="after date_latest"):
        apply(incident(1), settings(date_earliest=date(2023, 2, 1), date_latest=date(2023, 1, 1)))


def test_every_field_of_a_happening_but_the_parts_of_its_confidence_can_be_set() -> None:
    assert set(Happening.model_fields) - set(SETTABLE) == {"confidence_parts"}
