"""The evidence of who: attackers, attacked and claimants, by the alias table and its umbrella groups."""

from pipeline.knowledge.sites import kind_of_site
from pipeline.knowledge.umbrellas import with_umbrellas
from pipeline.linking.evidence import CannotLink, Finding, Part
from pipeline.linking.people import person_key
from schemas import Actor, ActorType, Mention

_TELLING_SITES = ("embassy", "prison", "hospital", "school", "religious", "market", "hotel")

SAME_PERPETRATOR, SAME_SIDE, OTHER_PERPETRATOR, SAME_TARGET, SAME_CLAIM = 1.0, 0.5, -0.5, 0.5, 0.5


def judge_perpetrators(one: Mention, other: Mention) -> Finding:
    """Weigh who did it, where one report says so and the other says so too or has them claim it.

    Groups that are described but not named are no other groups; nor is who claims it another than who is blamed.
    """
    if not ((one.perpetrators and (other.perpetrators or other.claimed_by)) or (other.perpetrators and one.claimed_by)):
        return None
    first, second = actor_keys(one.perpetrators), actor_keys(other.perpetrators)
    if (
        first
        and second
        and not first & second
        and first & actor_keys(other.targets)
        and second & actor_keys(one.targets)
    ):
        return CannotLink("attacker and attacked are swapped")
    claiming, claimed = actor_keys(one.claimed_by), actor_keys(other.claimed_by)
    if first & (second | claimed) or second & claiming:
        return Part("perpetrators", SAME_PERPETRATOR, "same perpetrator")
    if _on_one_side(first, second | claimed) or _on_one_side(claiming, second):
        return Part("perpetrators", SAME_SIDE, "a group and its umbrella")
    named = all(any(actor.actor_id for actor in mention.perpetrators) for mention in (one, other))
    return Part("perpetrators", OTHER_PERPETRATOR, "other perpetrators") if named else None


def _on_one_side(some: set[str], others: set[str]) -> bool:
    return bool(some and others and (with_umbrellas(some) & others or with_umbrellas(others) & some))


def judge_targets(one: Mention, other: Mention) -> Finding:
    """Weigh whom or what two reports say it was done to."""
    if not one.targets or not other.targets:
        return None
    if actor_keys(_named(one.targets)) & actor_keys(_named(other.targets)):
        return Part("targets", SAME_TARGET, "same target")
    kinds = sorted(_site_kinds(one.targets) & _site_kinds(other.targets))
    return Part("targets", SAME_TARGET, f"a {kinds[0]} in both") if kinds else None


def _named(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the actors that have a name; a base, a mayor and civilians are attacked everywhere."""
    return tuple(actor for actor in actors if actor.actor_id is not None or _has_name(actor))


def _has_name(actor: Actor) -> bool:
    return person_key(actor.name) is not None if actor.actor_type is ActorType.PERSON else not actor.name.islower()


def _site_kinds(actors: tuple[Actor, ...]) -> set[str]:
    """Return the kinds of sites of which few are attacked, where a kind is all that is said of the target."""
    return {kind for actor in actors if (kind := kind_of_site(actor.name)) in _TELLING_SITES}


def judge_claims(one: Mention, other: Mention) -> Finding:
    """Weigh who claimed it."""
    shared = actor_keys(one.claimed_by) & actor_keys(other.claimed_by)
    return Part("claimed_by", SAME_CLAIM, "claimed by the same group") if shared else None


def actor_keys(actors: tuple[Actor, ...]) -> set[str]:
    """Return what identifies actors: their key in the alias table, else their folded name."""
    return {actor.actor_id or actor.name.casefold() for actor in actors}
