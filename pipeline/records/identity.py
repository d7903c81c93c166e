"""Who is who: the ids of articles, mentions, tallies, incidents and rejects, and what each of them stands for.

**The same document** is what has the same source and the same name there (`document_key`): of a feed the entry's guid
or link, of an archive the URL or the id, of a folder the file's name. What has no name is known by its text alone.

**The same text** is what a reader takes in (`normalised_text`), under the same name and of the same day. A page that
counts its visitors, tells when it was updated, or has changed its white space is the article that it was
(`article_id`), and is not read again. Any other text of the same document is a revision of it: the one that was
obtained last counts.

**The same report** is what a document says of an incident: its type, day, place, parties and numbers, and not the words
or the offset in the text (`mention_id`). So a report keeps its id when the text is edited around it, when it moves to
another paragraph, and when a later release of the rules reads the same; of several reports in one document that say the
same, the first, the second and so on are told apart. What takes the place of a report that has changed, say because a
thirteenth victim has died, is the report of the same document that agrees with it on two of type, day and place
(`linking.continuation`): it has an id of its own, and the old id leads to it.

**The same incident** is what goes on while any of its reports goes on. An incident is named after a report
(`incident_id`), when it is first seen after the one published first; and it keeps that name for as long as any of its
reports, or what took their place, is in it, whatever joins or leaves it (`linking.naming`). So one id stands for one
incident in any two databases: for the one that has the report that it is named after. Databases that were given the
same articles in the same order have the same ids; in another order, the same incidents, some of which may be named
after another of their reports, and each answers to both names in rulings and in `why`.

**Alternatives that lost.** Ids that hash the bytes of the text: a counter in the page withdraws an incident at each
poll. Ids that hash the anchor's span: so does a paragraph added above it. An incident that is always named after its
oldest report: two databases never disagree, and whenever a slower feed brings an older article, the id that an analyst
has written down is gone. Counters: two databases of the same articles have nothing in common.

Every id is a prefix and a BLAKE2b-96 hash of what makes the thing itself, under a version number, so that the same
content read again, on any machine, has the same id. The hashes are pinned by literals in the tests: a change here
changes every id in every database, and needs a new version and a migration (`storage.migration`).
"""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from pipeline.records.normalised_text import normalised_text
from schemas import ActorType, Article, Mention, Tally

_VERSIONS = {"a": "2", "m": "2", "t": "2", "i": "1", "r": "1"}

_UNSAID = {
    *("mention_id", "tally_id", "article_id", "ref", "url", "source", "published_at"),
    *("evidence", "attributions", "place_text", "date_text", "what"),
    *("confidence", "confidence_parts", "extractor", "extractor_version"),
}
"""The fields of a mention or a tally that are not what it says: where it stands, how it was read, and its words."""


def _derive(prefix: str, *parts: str | None) -> str:
    hasher = blake2b(digest_size=12)
    for part in (_VERSIONS[prefix], prefix, *parts):
        encoded = b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass")
        hasher.update(len(encoded).to_bytes(8, "big") + encoded)
    return f"{prefix}-{hasher.hexdigest()}"


def article_id(name: str | None, title: str | None, text: str, published_at: datetime | None) -> str:
    """Return the id of an article.

    `name` is what the document is called where it comes from: its URL, its id, or its file's name without the folder
    (null when it has none). Folders are left out, so that a document read from another folder is the same article;
    the name is in, so that the same words under another name or URL are an article of their own, and a copy. Of title
    and text counts what a reader takes in, of the time (aware) the day: the text is read against it.
    """
    read = None if title is None else normalised_text(title)
    return _derive("a", name, read, normalised_text(text), published_at.date().isoformat() if published_at else None)


def document_key(source: str, name: str | None, article: str) -> str:
    """Return what makes articles texts of one document: source and name, or the article's own id if it has no name."""
    return article if name is None else f"{source}\n{name}"


def reading_of(report: Mention | Tally) -> str:
    """Return what a report says, in one form, without its words: all that linking compares but for the article."""
    said = report.model_dump(mode="json", exclude=_UNSAID, exclude_defaults=True)
    if isinstance(report, Mention) and report.date_earliest is None and report.date_text:
        said["date_text"] = " ".join(report.date_text.casefold().split())
    for parties in ("perpetrators", "targets", "claimed_by"):
        if parties in said:
            said[parties] = [_without_words(party) for party in said[parties]]
    if "weapons" in said:
        said["weapons"] = [{key: value for key, value in weapon.items() if key != "text"} for weapon in said["weapons"]]
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def _without_words(party: dict[str, Any]) -> dict[str, Any]:
    if party.get("actor_type") == ActorType.PERSON.value:  # the words of a person may tell the age
        return party
    return {key: value for key, value in party.items() if key != "text"}


def mention_id(document: str, reading: str, number: int = 0) -> str:
    """Return the id of a mention: of the `number`th one of a document that says the same (`reading_of`)."""
    return _derive("m", document, reading, str(number))


def tally_id(document: str, reading: str, number: int = 0) -> str:
    """Return the id of a tally: of the `number`th one of a document that says the same (`reading_of`)."""
    return _derive("t", document, reading, str(number))


def identified(article: Article, reports: Sequence[Mention | Tally]) -> list[Mention | Tally]:
    """Return what an article reports, in the order of its text, under the ids that it has for ever."""
    document = document_key(article.source, article.name, article.article_id)
    seen: Counter[str] = Counter()
    found: list[Mention | Tally] = []
    for report in reports:
        reading = reading_of(report)
        number = seen[type(report).__name__ + reading]
        seen[type(report).__name__ + reading] += 1
        if isinstance(report, Mention):
            found.append(report.model_copy(update={"mention_id": mention_id(document, reading, number)}))
        else:
            found.append(report.model_copy(update={"tally_id": tally_id(document, reading, number)}))
    return found


def incident_id(founding_mention: str) -> str:
    """Return the id of an incident that is named after a mention, from the mention's id."""
    return _derive("i", founding_mention)


def reject_id(stage: str, reason: str, ref: str, record: str | None) -> str:
    """Return the id of a reject, from all that it says."""
    return _derive("r", stage, reason, ref, record)
