from datetime import date

from hypothesis import given

from pipeline.linking.blocking_features import features_of
from pipeline.linking.blocking_keys import dated_keys, dated_search_keys, group_keys, timeless_keys
from pipeline.records.report import report_of
from schemas import Mention
from tests.support.records import any_mentions, report, yearless

EPOCH = date(1970, 1, 1).toordinal()


@given(any_mentions())
def test_features_are_the_keys_of_a_report(mention: Mention) -> None:
    features, told = features_of(mention), report_of(mention)
    assert (features.mention_id, features.link_key, features.dated) == (
        mention.mention_id, told.link_key, told.is_dated,
    )  # fmt: skip
    assert list(features.timeless_keys) == timeless_keys(told)
    assert list(features.group_keys) == group_keys(told)
    if not told.is_dated:
        assert (features.spots, features.searches) == ((), ())
        return
    assert features.first_day is not None
    assert features.last_day is not None
    days = range(features.first_day + EPOCH, features.last_day + EPOCH + 1)
    assert [(spot, day) for spot in features.spots for day in days] == dated_keys(told)
    searched = [(each.spot, day + EPOCH) for each in features.searches for day in range(each.since, each.until + 1)]
    assert searched == dated_search_keys(told)


def test_a_day_without_a_year_is_a_timeless_key_and_no_day() -> None:
    features = features_of(report(day=None, place="Erbil", **yearless(11, 9)).mention)
    assert (features.first_day, features.dated, features.spots) == (None, False, ())
    assert features.timeless_keys == ("Erbil", "on 11-09", "")
    assert features.group_keys == ("SYR: Erbil", "SYR: on 11-09", "SYR: ")
