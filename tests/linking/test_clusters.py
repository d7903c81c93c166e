"""The order in which the rule takes reports."""

from datetime import timedelta

from pipeline.linking.clusters import is_vague, order_of
from tests.support.records import DAY, report

BASE = {"facility": "Tower Base", "place": "Tanf"}


def test_the_most_precise_come_first_and_those_without_a_date_last() -> None:
    undated, country, week, base = (
        report(1, day=None, **BASE),
        report(2, place="Syria", geo_precision="country"),
        report(3, date_latest=DAY + timedelta(days=6), date_precision="days", **BASE),
        report(4, **BASE),
    )
    assert sorted((undated, country, week, base), key=order_of) == [base, week, country, undated]
    assert [is_vague(each) for each in (base, week, country, undated)] == [False, False, True, True]
