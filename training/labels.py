"""The labels that the encoder's heads give."""

ROLES = ("attacker", "target", "victim", "weapon", "place", "claimant", "killed", "wounded", "downed")
"""Parts in an incident. The last three are counts: of the dead, of the hurt, of what was brought down."""

TAGS = ("O", *(f"{edge}-{role}" for role in ROLES for edge in "BI"))

KEPT_SUBTYPES = frozenset({"nsubj:pass", "obl:agent"})
"""Subtypes of dependencies that say who acts; all others are cut to their type."""


def tags_of(count: int, spans: list[tuple[int, int, str]]) -> list[str]:
    """Return the BIO tags of `count` words, given spans (first word, past the last, role). The first span wins."""
    tags = ["O"] * count
    for first, last, role in spans:
        if first < last and all(tag == "O" for tag in tags[first:last]):
            tags[first:last] = [f"B-{role}"] + [f"I-{role}"] * (last - first - 1)
    return tags


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """Return the spans that BIO tags mark; an I that continues nothing opens a span."""
    spans: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        if tag == "O":
            continue
        role = tag[2:]
        if tag[0] == "I" and spans and spans[-1][1] == at and spans[-1][2] == role:
            spans[-1] = (spans[-1][0], at + 1, role)
        else:
            spans.append((at, at + 1, role))
    return spans
