"""Roles (weapon, perpetrator, target) on WikiEvents: what an article's mentions name against what annotators marked.

Only events of attack, death and injury count. A name is right where it shares its identifying word with a marked one
of the same role anywhere in the article, by the scorer's own lenient match; pronouns are not asked for.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROLES = ("weapon", "perpetrator", "target")
_MARKED = {
    "Attacker": "perpetrator", "Killer": "perpetrator", "Injurer": "perpetrator",
    "Target": "target", "Victim": "target", "ExplosiveDevice": "weapon", "Instrument": "weapon",
}  # fmt: skip
_EVENTS = ("Conflict.Attack", "Life.Die", "Life.Injure")
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "them", "him", "her", "his", "its", "their", "who", "which", "that", "this", "these"}
    | {"those", "we", "us", "i", "you", "one", "someone", "anyone", "others", "another", "some", "all", "many"}
    | {"several", "themselves", "himself", "herself"}
)
Match = Callable[[str, str], bool]


class Figures(NamedTuple):
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


def read(path: Path) -> list[dict[str, Any]]:
    """Return the documents."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def text_of(document: dict[str, Any]) -> str:
    """Return a document's sentences as a text; those without a full stop (headlines) as paragraphs of their own."""
    made = ""
    for _, sentence in document["sentences"]:
        made += sentence + (" " if sentence.rstrip("\"”’')")[-1:] in ".!?" else "\n\n")
    return made.strip()


def marked(document: dict[str, Any]) -> dict[str, set[str]]:
    """Return the names that annotators gave a role, by role."""
    names: dict[str, set[str]] = {role: set() for role in ROLES}
    for event in document["event_mentions"]:
        if event["event_type"].startswith(_EVENTS):
            for argument in event["arguments"]:
                role = _MARKED.get(argument["role"])
                if role and argument["text"].lower() not in _PRONOUNS:
                    names[role].add(argument["text"])
    return names


def given(mentions: Iterable[dict[str, Any]]) -> dict[str, set[tuple[str, ...]]]:
    """Return what mentions (as JSON) name, by role; each name with all its wordings."""
    names: dict[str, set[tuple[str, ...]]] = {role: set() for role in ROLES}
    for mention in mentions:
        for weapon in mention["weapons"]:
            names["weapon"].add((weapon["text"] or weapon["weapon_type"], weapon["weapon_type"].replace("_", " ")))
        for role, field in (("perpetrator", "perpetrators"), ("target", "targets")):
            names[role].update((party["name"], party["text"] or party["name"]) for party in mention[field])
        if mention["facility"]:
            names["target"].add((mention["facility"],))
    return names


def score(
    documents: Iterable[dict[str, Any]], mentions: Callable[[dict[str, Any]], Iterable[dict[str, Any]]], match: Match
) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of each role, and of all together."""
    counts = {role: [0, 0, 0, 0] for role in (*ROLES, "all")}
    for document in documents:
        gold, found = marked(document), given(mentions(document))
        for role in ROLES:
            right = sum(any(match(w, g) for w in wordings for g in gold[role]) for wordings in found[role])
            hit = sum(any(match(w, g) for wordings in found[role] for w in wordings) for g in gold[role])
            for key in (role, "all"):
                for at, more in enumerate((right, len(found[role]), hit, len(gold[role]))):
                    counts[key][at] += more
    for key, (right, total, hit, wanted) in counts.items():
        p, r = right / total if total else 0.0, hit / wanted if wanted else 0.0
        yield key, Figures(p, r, 2 * p * r / (p + r) if p + r else 0.0)
