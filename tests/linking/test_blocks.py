"""Under one key, a group is found by the first report that it has there, and not behind too many others."""

from pipeline.linking.blocks import MAX_CANDIDATES, Block
from pipeline.linking.entries import Entry, Group, entries_of
from pipeline.records.report import Assignment
from tests.support.records import report


def entries(count: int) -> list[Entry]:
    return entries_of(Assignment(report=report(number, place="Tanf")) for number in range(count))


def firsts(block: Block) -> list[Group]:
    return [group for _, group in block.firsts]


def test_groups_stand_in_the_order_of_their_first_reports_whatever_comes_first() -> None:
    one, two, three = entries(3)
    early, late, block = Group(), Group(), Block()
    block.add(two, late)
    block.add(three, early)
    block.add(one, early)
    assert firsts(block) == [early, late]
    assert block.is_first(one, early)
    assert not block.is_first(three, early)


def test_when_its_first_report_goes_a_group_is_found_by_the_next_and_then_not_at_all() -> None:
    one, two, three = entries(3)
    group, other, block = Group(), Group(), Block()
    for entry, where in ((one, group), (two, other), (three, group)):
        block.add(entry, where)
    block.remove(one, group)
    assert firsts(block) == [other, group]
    block.remove(three, group)
    assert firsts(block) == [other]
    assert group not in block.held


def test_behind_too_many_others_nobody_is_found() -> None:
    block = Block()
    *many, last = entries(MAX_CANDIDATES + 1)
    for entry in many:
        assert block.is_found(entry)
        block.add(entry, Group())
    assert not block.is_found(last)
