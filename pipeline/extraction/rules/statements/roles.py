"""Who did it and who suffered it: read from where a party stands beside the trigger."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.blame import is_blamed
from pipeline.extraction.rules.statements.role_constructions import (
    DOERS,
    GROUPS,
    STATES,
    fights,
    is_sender,
    marked_role,
    met_by,
    owns_weapon,
)
from pipeline.extraction.rules.statements.speakers import REPORTED_TO, is_speaker
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import Wording, word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.triggers import Form, Kind, Trigger
from schemas import ActorType, EventType

_BY = Wording(
    r"\b(?:by|at the hands of|(?:attacks?|strikes?|fire|shelling|assault)\sfrom"
    r"|(?:attacks?|strikes?|raids?|assaults?|ambush(?:es)?|incursions?|offensive)\sof)\s+(?:the\s|a\s|an\s|its\s)?"
    r"(?:«before_doer»\s|\d+\s|[\"“(])*"
    r"(?:(?:[\w-]+\s){0,3}?«part_of_doer»\s(?:the\s|an?\s)?(?:«before_doer»\s)?)?$"
)
_SHARED = re.compile(r",?\s(?:and|then)\s(?:then\s|also\s|later\s|\w+ly\s)?$")
_AT = Wording(r"\b«before_target»\s+(?:[\w.'’-]+\s){0,4}[\"“]?$")
_PURSUED = Wording(r"(?<!\w)«pursues»\s(?:[\w'’-]+\s){0,7}?«pursuit_of»\s")
_COMMIT = Wording(r"\b«commit»\b")
_LINK = re.compile(r"['’]?s?[\s-]{0,2}(?:(?!(?:in|on|at|during|by|from|after|for|to|with|and)\s)[\w'’-]+[\s-]){0,3}$")
_LOCATED = Wording(
    r"\b(?:in|from|across|near|inside|of|with|border|over|to)\s"
    r"(?:(?:the|all|\w+ern|(?:north|south|east|west|central)[\w-]*|upper|lower|inner|nearby|[\w-]+-torn)\s)*$"
)
_ITSELF = re.compile(r"(?:\s\w+){1,4}\s(?:it|they|he|she)\s(?:had|has|have|was|were)\b")
_GOES_ON = Wording(
    r"\s*(?:,|and\b|\(|«located»\s|(?:disguised|dressed|posing|armed|wearing|riding|travelling|traveling|believed|suspected"
    r"|thought|loyal|linked|allied|aligned|affiliated|calling|belonging|aboard|who|that|which)\s)"
)
_OTHER_SUBJECT = re.compile(r"\sthat\s(?:an?|the|its|their|\d)\b")
_FOUGHT = Wording(r"\b«fought»\s(?:against\s)?(?:the\s|remnants of\s){0,2}$")
_INCLUDED = re.compile(r"\b(?:including|among them)\s(?:[\w-]+\s){0,3}$")
_DISGUISED = re.compile(r"\b(?:disguised|posing|dressed|masquerading) (?:as|in) (?:the )?$")
_STRUCK_STATE = Wording(r"\b«struck_state»\s(?:the\s)?$")
_OPENING = 30
_DIRECT = re.compile(
    r"\s(?:at least\s|about\s|some\s|more than\s)?(?:(?:the|an?|another|\d+|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|dozens of|scores of|several|many|some)\s)?(?:[A-Z][\w.'’-]*\s|[a-z]+-[a-z]+\s)?"
)
_IN_CHAIN = re.compile(r"\b(?:in|at|near|of|from|outside)\s(?:[\w'’-]+\s){0,4}[A-Z][\w'’-]+,\s\Z")
_VICTIMS = (ActorType.PROPERTY, ActorType.CIVILIANS, ActorType.PERSON, *STATES)
_DOER_LINK = 34
_OBJECT_REACH = 70
_SUBJECT_REACH = 60
_MOST = 100
_SHARED_REACH = 90
_CHAIN_REACH = 180
_OTHER_CLAUSE = re.compile(r"[.;:]|\b(?:when|while|as|after|before|because|but|where)\s|\ssaid\b")
_NOT_DONE = re.compile(r"\b(?:(?:did|do|does|had|have|has|would|could)(?:\snot|n['’]t)|never)\s(?:[\w-]+ly\s)?$")
_BEFORE = 80
_REMARK = re.compile(r",\s(?:which|whom|where)\s(?:[\w’'-]+\s){0,4}$")
_REMARK_REACH = 60


@dataclass(frozen=True, slots=True)
class Roles:
    """The parties of a statement, by what they are to the deed."""

    perpetrators: tuple[ActorReading, ...] = ()
    targets: tuple[ActorReading, ...] = ()
    claimants: tuple[ActorReading, ...] = ()

    def merged(self, other: "Roles") -> "Roles":
        """Return these with the parties of another statement about the same deed; no deed has more than a hundred."""
        return Roles(
            _joined(self.perpetrators, other.perpetrators),
            _joined(self.targets, other.targets),
            _joined(self.claimants, other.claimants),
        )


def _joined(known: tuple[ActorReading, ...], more: tuple[ActorReading, ...]) -> tuple[ActorReading, ...]:
    if not more:
        return known
    names = {party.actor.name for party in known}
    new = tuple(party for party in more if party.actor.name not in names)
    return known + new[: max(0, _MOST - len(known))]


def assign_roles(clause: Clause, triggers: Sequence[Trigger], document: Document) -> Roles:
    """Return the roles that the parties named in a clause play in what its triggers tell."""
    doers: list[ActorReading] = []
    hit: list[ActorReading] = []
    parties = within(document.actors, clause.start, clause.end)
    for at, party in enumerate(parties):
        following = parties[at + 1].span.start if at + 1 < len(parties) else clause.end
        role = _role(party, following, clause, triggers, document)
        if role is not None and _can_be(role, party, document):
            (doers if role == "perpetrators" else hit).append(party)
    hit = hit or _far_subject(clause, triggers, document)
    return Roles(tuple(doers), tuple(party for party in hit if party not in doers))


def _far_subject(clause: Clause, triggers: Sequence[Trigger], document: Document) -> list[ActorReading]:
    """Return the party that opens the sentence, if what is told further on befell it.

    "A base in the south, where troops train, was attacked" names no other victim between.
    """
    passive = next((t for t in triggers if t.passive), None)
    bounds = document.sentences[clause.sentence]
    if passive is None or within(document.triggers, bounds.start, passive.span.start):
        return []
    first = within(document.actors, bounds.start, passive.span.start)[:1]
    opening = [p for p in first if p.span.start - bounds.start <= _OPENING and p.actor.actor_type in _VICTIMS]
    _, last = document.token_range(bounds.start, opening[0].span.end) if opening else (0, 0)
    return [p for p in opening if document.cued("speech", last, last + 3) is None]


def _can_be(role: str, party: ActorReading, document: Document) -> bool:
    """Whether a party of this kind can play the role; a country that something is in plays none."""
    if role == "perpetrators" and is_sender(party, document):
        return True
    if party.actor.actor_type is ActorType.STATE:
        before = document.text[max(0, party.span.start - 16) : party.span.start]
        if _IN_CHAIN.search(document.text, max(0, party.span.start - 60), party.span.start):
            return False
        if _LOCATED.search(before) or (role == "targets" and not _STRUCK_STATE.search(before)):
            return False
    if role == "targets" and _FOUGHT.search(document.text, max(0, party.span.start - 40), party.span.start):
        return False
    return role != "perpetrators" or party.actor.actor_type in DOERS


def _role(
    party: ActorReading, following: int, clause: Clause, triggers: Sequence[Trigger], document: Document
) -> str | None:
    text = document.text
    if any(t.is_noun and party.span.start < t.span.start < party.span.end for t in triggers):
        return "perpetrators"
    if any(t.span.start < party.span.start and party.span.end < t.span.end for t in triggers):
        return "targets"
    before = text[max(clause.start, party.span.start - _BEFORE) : party.span.start]
    marked = marked_role(party, before, clause, triggers, document)
    if marked:
        return marked
    if is_blamed(party, clause.start, len(text), document):
        return "perpetrators"
    if _DISGUISED.search(before):
        return None
    if is_speaker(party, before, triggers, document):
        return "targets" if _told_of_itself(party, triggers, document) else None
    if _done_by(before, party, triggers, document) or owns_weapon(party, clause, document):
        return "perpetrators"
    named = next((t for t in triggers if t.is_noun and 0 <= t.span.start - party.span.end <= _DOER_LINK), None)
    if named and _LINK.match(text[party.span.end : named.span.start]) and not _AT.search(before):
        return "perpetrators" if following >= named.span.start else None
    if _AT.search(before) and any(t.span.end <= party.span.start for t in triggers):
        return "targets"
    return _by_order(party, following, triggers, document)


def _told_of_itself(party: ActorReading, triggers: Sequence[Trigger], document: Document) -> bool:
    """Whether a party tells of what befell it: "the vessel reported it had been hit"."""
    ahead = next((t for t in triggers if t.span.start >= party.span.end), None)
    return ahead is not None and ahead.passive and bool(_ITSELF.match(document.text, party.span.end, ahead.span.end))


def _done_by(before: str, party: ActorReading, triggers: Sequence[Trigger], document: Document) -> bool:
    found = _BY.search(before)
    if not found:
        return False
    words = re.findall(r"\w+", before[: found.start()])
    if words[-1:] and words[-1].lower() in word_group("not_done"):
        return False
    return any(t.span.end <= party.span.start for t in triggers)


def _is_without_object(harm: Trigger, document: Document) -> bool:
    """Whether a participle of harm has no object: "two soldiers wounded in", "left a guard injured"."""
    if harm.kind is not Kind.HARM or harm.form is not Form.PAST:
        return False
    bounds = document.sentences[document.clause_at(harm.span.start).sentence]
    rest = document.text[harm.span.end : bounds.end]
    following = document.words(harm.last, harm.last + 2)
    if not rest.strip() or rest[0] in ",;.:":
        return True
    return following[:1] != ["at"] and bool(word_group("no_object") & set(following[:1]))


def _in_remark(party: ActorReading, triggers: Sequence[Trigger], document: Document) -> bool:
    """Whether the party is only spoken of in passing: "the town, which the rebels have held since May, was shelled"."""
    opened = _REMARK.search(document.text, max(0, party.span.start - _REMARK_REACH), party.span.start)
    closed = document.text.find(",", party.span.end, party.span.end + _REMARK_REACH)
    if opened is None or closed < 0:
        return False
    return not any(opened.start() <= t.span.start < closed for t in triggers)


def _by_order(party: ActorReading, following: int, triggers: Sequence[Trigger], document: Document) -> str | None:
    if _in_remark(party, triggers, document):
        return None
    ahead = next((t for t in triggers if t.span.start >= party.span.end), None)
    behind = next((t for t in reversed(triggers) if t.span.end <= party.span.start), None)
    if behind is not None and _INCLUDED.search(
        document.text, max(behind.span.end, party.span.start - _BEFORE), party.span.start
    ):
        return "targets" if behind.kind is Kind.HARM else None
    if behind is not None and _is_direct_object(party, behind, document):
        return "targets"
    if ahead is not None:
        role = _subject_role(party, ahead, following, document)
        if role:
            return role
    if behind is not None and behind.event_type is EventType.ARMED_CLASH and met_by(behind, document) == [party]:
        return (
            "perpetrators" if party.actor.actor_type in GROUPS and _after_state(party, behind, document) else "targets"
        )
    if behind is not None and not behind.is_noun and not behind.passive and behind.kind in (Kind.ACT, Kind.HARM):
        gap = document.text[behind.span.end : party.span.start]
        return "targets" if len(gap) <= _OBJECT_REACH and " by " not in gap and "." not in gap[:-3] else None
    return None


def _after_state(party: ActorReading, clash: Trigger, document: Document) -> bool:
    before = within(document.actors, max(0, clash.span.start - _SUBJECT_REACH), clash.span.start)[-1:]
    return any(fights(other, [party]) for other in before)


def _is_direct_object(party: ActorReading, behind: Trigger, document: Document) -> bool:
    """Whether a party stands right after the verb that tells the deed, whatever is told of it further on."""
    if behind.is_noun or behind.passive or behind.kind not in (Kind.ACT, Kind.HARM):
        return False
    return bool(_DIRECT.fullmatch(document.text, behind.span.end, party.span.start))


def _is_chained(gap: str) -> bool:
    """Whether the words between a subject and a verb hold another verb of his: "went through the town, and shot"."""
    return len(gap) <= _CHAIN_REACH and bool(_SHARED.search(gap)) and not _OTHER_CLAUSE.search(gap)


def _is_pursuit(trigger: Trigger) -> bool:
    return trigger.event_type in (EventType.ARREST_RAID, EventType.ARMED_CLASH)


def _subject_role(party: ActorReading, ahead: Trigger, following: int, document: Document) -> str | None:
    gap = document.text[party.span.end : ahead.span.start]
    first, last = document.token_range(party.span.end, ahead.span.start)
    if document.cued("speech", first, min(last, first + 3)) and not (_COMMIT.search(gap) or REPORTED_TO.match(gap)):
        return None
    if ahead.is_noun:
        return "perpetrators" if _COMMIT.search(gap) and following >= ahead.span.start else None
    if following < ahead.span.start and not _GOES_ON.match(gap):
        shared = party.actor.actor_type in GROUPS and not ahead.passive and len(gap) <= _SHARED_REACH
        return "perpetrators" if shared and _SHARED.search(gap) else None
    if (_PURSUED.search(gap) and not _is_pursuit(ahead)) or _NOT_DONE.search(gap):
        return None
    if len(gap) > _SUBJECT_REACH and not _is_chained(gap):
        return None
    if not ahead.passive and _OTHER_SUBJECT.search(gap):
        return None
    if ahead.kind in (Kind.INTERCEPT, Kind.IMPACT):
        return "targets" if ahead.kind is Kind.INTERCEPT and not ahead.passive else None
    if ahead.passive or ahead.span.text.lower() in word_group("suffers") or _is_without_object(ahead, document):
        return "targets"
    return "perpetrators" if ahead.form is not Form.NOUN else None
