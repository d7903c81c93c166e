"""Reports while they are grouped, and with which members of a group a report is compared."""

from pipeline.linking.entries import MAX_COMPARED, Entry, Group, entries_of
from pipeline.records.report import Assignment, Report
from tests.support.records import report

BASE = {"facility": "Tower Base", "place": "Tanf"}


def entries(*reports: Report) -> list[Entry]:
    return entries_of(Assignment(report=each) for each in reports)


def group_of(*members: Entry) -> Group:
    group = Group()
    group.members.extend(members)
    return group


def test_a_mention_that_was_read_in_two_places_is_one_report() -> None:
    told = report(1, **BASE)
    elsewhere = told.model_copy(update={"mention": told.mention.model_copy(update={"ref": "z"})})
    (entry,) = entries(elsewhere, told)
    assert entry.report == told


def test_a_report_is_compared_with_the_first_few_before_it() -> None:
    everything = entries(*(report(number, **BASE) for number in range(MAX_COMPARED + 5)))
    group = group_of(*everything)
    assert group.compared_with(everything[3]) == everything[:3]
    assert group.compared_with(everything[-1]) == everything[:MAX_COMPARED]


def test_those_behind_the_first_few_stand_for_nobody() -> None:
    everything = entries(*(report(number, **BASE) for number in range(MAX_COMPARED + 2)))
    group = group_of(*everything)
    assert [group.stands_for_it(entry) for entry in everything] == [True] * MAX_COMPARED + [False] * 2


def test_of_those_without_a_date_only_the_ones_that_search_there_too_are_compared() -> None:
    places = ("Tanf", "Hajin", "Tanf", "Hajin")
    *before, asked = entries(*(report(number, day=None, place=place) for number, place in enumerate(places)))
    there = [entry for entry in before if entry.report.mention.place_name == asked.report.mention.place_name]
    assert len(there) == 1
    assert group_of(*before).compared_with(asked) == there
