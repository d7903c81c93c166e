from pipeline.knowledge.tables import rows
from pipeline.knowledge.umbrellas import with_umbrellas


def test_a_group_acts_under_its_parents() -> None:
    member = next(row for row in rows("actors.csv") if row["parent"])
    assert {member["actor_id"], member["parent"]} <= with_umbrellas([member["actor_id"]])


def test_who_is_in_no_table_acts_alone() -> None:
    assert with_umbrellas(["somebody"]) == {"somebody"}
    assert with_umbrellas([]) == set()


def test_every_chain_of_parents_ends() -> None:
    for row in rows("actors.csv"):
        whole = with_umbrellas([row["actor_id"]])
        assert with_umbrellas(whole) == whole
