from pipeline.linking.naming import Shared, inherited, newly_named
from pipeline.records.identity import incident_id

ONE, TWO, THREE = (incident_id(f"m-{name}") for name in ("one", "two", "three"))


def test_an_incident_takes_over_the_name_that_most_of_its_reports_had() -> None:
    assert inherited([Shared("found", "a", 2), Shared("found", "b", 3)]) == {"found": "b"}


def test_of_several_parts_the_one_with_most_reports_keeps_the_name() -> None:
    assert inherited([Shared("small", "a", 1), Shared("large", "a", 2)]) == {"large": "a"}


def test_a_name_goes_to_one_incident_and_an_incident_has_one() -> None:
    shared = [Shared("x", "a", 5), Shared("x", "b", 4), Shared("y", "a", 3), Shared("y", "b", 1)]
    assert inherited(shared) == {"x": "a", "y": "b"}


def test_among_equals_the_name_that_is_derived_again_wins() -> None:
    assert inherited([Shared("b", "a", 1), Shared("b", "b", 1)]) == {"b": "b"}


def test_what_is_dropped_takes_a_name_last() -> None:
    assert inherited([Shared("dropped", "a", 1, is_dropped=True), Shared("rest", "a", 1)]) == {"rest": "a"}
    assert inherited([Shared("dropped", "a", 1, is_dropped=True)]) == {"dropped": "a"}


def test_names_do_not_depend_on_the_order() -> None:
    shared = [Shared(found, known, 1) for found in "xyz" for known in "abc"]
    assert inherited(shared) == inherited(reversed(shared))


def test_a_new_incident_is_named_after_its_first_report() -> None:
    assert newly_named({"x": ["m-one", "m-two"]}, set(), set()) == {"x": ONE}


def test_a_name_that_was_in_use_before_is_preferred() -> None:
    assert newly_named({"x": ["m-one", "m-two"]}, set(), {TWO}) == {"x": TWO}


def test_a_name_that_another_has_is_left_to_it() -> None:
    assert newly_named({"x": ["m-one", "m-two"]}, {ONE}, {ONE}) == {"x": TWO}
    assert newly_named({"x": ["m-one"], "y": ["m-one", "m-three"]}, set(), set()) == {"x": ONE, "y": THREE}


def test_there_is_a_name_even_if_all_reports_have_given_theirs_away() -> None:
    (name,) = newly_named({"x": ["m-one"]}, {ONE}, set()).values()
    assert name != ONE
    assert name == incident_id(ONE)
