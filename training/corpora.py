"""The labelled corpora of incidents, each made into tagged sentences: (for training, for scoring)."""

import gzip
import json
import random
import re
from pathlib import Path
from typing import Any
from zlib import crc32

from training.labels import ROLES, tags_of
from training.own import own_sentences
from training.passages import Marked, Tagged, Tagger, every

Split = tuple[list[Tagged], list[Tagged]]

LABELLED = {
    "muc": ("attacker", "target", "victim", "weapon", "place"),
    "rams": ("attacker", "target", "victim", "weapon", "place"),
    "gvdb": ("attacker", "victim"),
    "pitf": ("attacker", "victim", "killed", "wounded"),
    "own": ROLES,
}
"""The roles that a corpus marks. Words it leaves unmarked may play any of the others."""

_RAMS_ROLES = {
    "attacker": "attacker", "killer": "attacker", "injurer": "attacker", "destroyer": "attacker", "damager": "attacker",
    "damagerdestroyer": "attacker", "target": "target", "victim": "victim", "instrument": "weapon", "place": "place",
}  # fmt: skip
_RAMS_VIOLENT = re.compile(
    r"conflict\.attack|life\.die\.(?:deathcausedbyviolent|n/a)|life\.injure\.(?:injurycausedbyviolent|n/a)"
    r"|artifactexistence\.damagedestroy"
)
_SOMEBODY = (
    r"(?:(?:unknown|unidentified|suspected|armed|masked)\s)?(?:gunmen|gunman|attackers?|assailants?|militants?"
    r"|insurgents?|rebels?|bandits?|suicide bombers?|extremists|jihadists)"
)
_COUNT_BEFORE = (
    r"(?<![\w-])({})(?=(?:\s[\w'’-]+){{0,4}}?\s(?:was\s|were\s|been\s|are\s|feared\s|and\s|have\s|had\s)*(?:{}))"
)
_COUNT_AFTER = r"\b(?:{})(?:\s(?:at|least|more|than|up|to|about|around|some|over|nearly|as|many)){{0,4}}\s({})(?![\w-])"
_DEAD, _HURT = "killed|dead|died|slain|massacred|murdered", "wounded|injured|hurt"
_KILL, _HARM = (
    "killed|killing|kills?|left|claimed|leaving|murdered|killing of",
    "wounded|wounding|injured|injuring|hurt|hurting",
)
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


def read_corpora(folder: Path, seed: int) -> dict[str, Split]:
    """Return all corpora by name. What is for scoring is never in what is for training."""
    tagger = Tagger()
    return {
        "muc": _muc(folder / "muc4_train_dev.jsonl.gz", tagger, seed),
        "rams": _rams(folder / "rams.jsonl.gz"),
        "gvdb": _gvdb(folder / "gvdb.jsonl.gz", tagger),
        "pitf": _pitf(folder / "pitf_dev.jsonl.gz", tagger),
        "own": (tagger.sentences(own_sentences(7, seed), marked_only=False), []),
    }


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def is_kept_aside(text: str, share: float) -> bool:
    """Whether a passage belongs to the given share that is kept for scoring, told by its words alone."""
    return crc32(text.encode()) % 1000 < share * 1000


def _muc(path: Path, tagger: Tagger, seed: int) -> Split:
    parts: dict[str, list[Marked]] = {"train": [], "dev": []}
    empty: list[Marked] = []
    for document in read_lines(path):
        text, spans = document["text"], []
        for template in document["templates"]:
            for key, role in (
                ("perp_organization_id", "attacker"),
                ("perp_individual_id", "attacker"),
                ("instrument_id", "weapon"),
                ("hum_tgt_name", "victim"),
                ("hum_tgt_description", "victim"),
                ("phys_tgt_id", "target"),
            ):
                fills = [a for fill in template.get(key) or [] for a in fill["alternatives"]]
                spans += [span for fill in fills for span in every(text, fill, role)]
            place = re.sub(r"\([^)]*\)", "", str(template.get("incident_location") or ""))
            places = [p.strip() for p in re.split(r"[:-]", place)][1:]
            spans += [span for name in places[-1:] for span in every(text, name, "place")]
        spans.sort(key=lambda span: span[0] - span[1])  # the longest fill of a stretch
        (parts[document["split"]] if spans else empty).append(Marked(text, spans))
    none = tagger.sentences([m for m in empty if not is_kept_aside(m.text, 0.2)], marked_only=False)
    random.Random(seed).shuffle(none)  # noqa: S311 - no secret
    return tagger.sentences(parts["train"]) + none[:300], tagger.sentences(parts["dev"])


def _rams(path: Path) -> Split:
    train: list[Tagged] = []
    held: list[Tagged] = []
    for passage in read_lines(path):
        (trigger,) = passage["evt_triggers"][:1]
        if not _RAMS_VIOLENT.match(trigger[2][0][0]):
            continue
        start = 0
        for sentence in passage["sentences"]:
            end = start + len(sentence)
            if start <= trigger[0] < end:
                spans = [
                    (argument[0] - start, argument[1] + 1 - start, _RAMS_ROLES[role[11:]])
                    for _, argument, role in passage["gold_evt_links"]
                    if role[11:] in _RAMS_ROLES and start <= argument[0] and argument[1] < end
                ]
                if "damagedestroy" in trigger[2][0][0]:
                    spans += [
                        (argument[0] - start, argument[1] + 1 - start, "target")
                        for _, argument, role in passage["gold_evt_links"]
                        if role.endswith("artifact") and start <= argument[0] and argument[1] < end
                    ]
                if spans and 3 <= len(sentence) <= 90:
                    held_back = is_kept_aside(passage["doc_key"], 0.2)
                    (held if held_back else train).append(Tagged(sentence, tags_of(len(sentence), spans)))
            start = end
    return train, held


def _gvdb(path: Path, tagger: Tagger) -> Split:
    parts: tuple[list[Marked], list[Marked]] = ([], [])
    for article in read_lines(path):
        text, note = article["text"], article["annotation"]
        fields = [(person["name"], "attacker") for person in note["shooter-section"]]
        fields += [(person["name"], "victim") for person in note["victim-section"]]
        fields += [(note["circumstances"]["type-of-gun"], "weapon")]
        spans = [
            span
            for field, role in fields
            if 3 <= len(field["value"].strip()) <= 60
            for span in every(text, field["value"].strip(), role)
        ]
        spans.sort(key=lambda span: span[0] - span[1])
        parts[is_kept_aside(article["article_id"], 0.15)].append(Marked(text, spans))
    return tagger.sentences(parts[0]), tagger.sentences(parts[1])


def _pitf(path: Path, tagger: Tagger) -> Split:
    """The first half of the passages is for training, so that the other half can be scored."""
    parts: tuple[list[Marked], list[Marked]] = ([], [])
    for passage in read_lines(path):
        text = re.sub(r"</?b>|\\+", " ", passage["text"])
        spans: list[tuple[int, int, str]] = []
        for field, role in (("perpetrator", "attacker"), ("victim", "victim")):
            for key, value in passage[field].items():
                if key.startswith(("Perp State Role", "Victim Noncombatant")) or "nknown" in value:
                    continue
                names = re.split(r"[/;,]|\band\b", re.sub(r'[\\"]', "", value))
                spans += [span for name in names for span in every(text, name.strip(), role)]
        spans += [(m.start(), m.end(), "attacker") for m in re.finditer(_SOMEBODY, text, re.IGNORECASE)][:1]
        for count, role, before, after in (
            (passage["deaths"], "killed", _DEAD, _KILL),
            (passage["injured"], "wounded", _HURT, _HARM),
        ):
            spans += _counted(text, count, role, before, after)
        parts[is_kept_aside(passage["text"], 0.5)].append(Marked(text, spans))
    return tagger.sentences(parts[0]), tagger.sentences(parts[1])


def _counted(text: str, count: int | None, role: str, before: str, after: str) -> list[tuple[int, int, str]]:
    if not count:
        return []
    written = f"{count}|{count:,}" + (f"|{_UNITS[count]}" if count < len(_UNITS) else "")
    spans = [
        (m.start(1), m.end(1), role)
        for pattern in (_COUNT_BEFORE.format(written, before), _COUNT_AFTER.format(after, written))
        for m in re.finditer(pattern, text, re.IGNORECASE)
    ]
    return spans[:1]
