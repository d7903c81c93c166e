"""The evidence of place: how sure it is that two reports speak of one spot.

A named site counts for more than a town, a town for more than the district or province around it. Points are only as
good as what they are points of, so the middle of a district is near the towns in it, and never apart from them.
"""

from pipeline.knowledge.distance import great_circle_km
from pipeline.linking.evidence import CannotLink, Finding, Part
from schemas import GeoPrecision, Mention

SAME_FACILITY, SAME_PLACE, NEAR, IN_AREA, SAME_ADMIN1, SAME_COUNTRY = 4.0, 3.0, 2.0, 2.0, 1.0, 0.3
OTHER_PLACE, OTHER_ADMIN1 = -2.0, -3.0

SPOT_KM, NEAR_KM, FAR_KM, AREA_KM = 1.0, 15.0, 60.0, 40.0
_POINTS = (GeoPrecision.EXACT, GeoPrecision.LOCALITY)


def judge_places(one: Mention, other: Mention) -> Finding:
    """Weigh where two reports say it was."""
    first, second = named_site(one), named_site(other)
    if first is not None and second is not None:
        if first == second:
            return Part("place", SAME_FACILITY, f"same facility {first}")
        if _far(one, other, NEAR_KM) is not False:
            return CannotLink("different facilities")
    if _far(one, other, FAR_KM):
        return CannotLink(f"more than {FAR_KM:.0f} km apart")
    if one.place_name is not None and one.place_name == other.place_name and is_placed(one) and is_placed(other):
        return Part("place", SAME_PLACE, f"same place {one.place_name}")
    if _far(one, other, SPOT_KM) is False:
        return Part("place", SAME_PLACE, f"both in {_town(one)}")
    apart = _far(one, other, NEAR_KM)
    if apart is False:
        return Part("place", NEAR, f"less than {NEAR_KM:.0f} km apart")
    if apart or (one.place_name and other.place_name and _is_area(one) and _is_area(other)):
        return Part("place", OTHER_PLACE, "different places")
    if one.admin1 is not None and other.admin1 is not None:
        if _within(one, other):
            return Part("place", IN_AREA, f"{one.place_name} and {other.place_name}, one around the other")
        if one.admin1 == other.admin1:
            return Part("place", SAME_ADMIN1, f"same province {one.admin1}")
        return Part("place", OTHER_ADMIN1, "different provinces")
    return _in_country(one, other)


def named_site(mention: Mention) -> str | None:
    """Return the site that a mention names. "Kabul mosque", read in Kabul, names none: it may be any of them."""
    site, town = mention.facility, mention.place_name
    if site is None or town is None or not site.startswith(f"{town} "):
        return site
    kind = site[len(town) :]
    return None if kind == kind.lower() else site


def _in_country(one: Mention, other: Mention) -> Finding:
    """Weigh a place against no more than the country around it."""
    countries = [mention.country for mention in (one, other) if mention.geo_precision is GeoPrecision.COUNTRY]
    if len(countries) != 1 or one.country != other.country or not (is_placed(one) or is_placed(other)):
        return None
    return Part("place", SAME_COUNTRY, f"in {one.country}")


def _town(mention: Mention) -> str:
    return mention.place_name or mention.admin1 or "one place"


def _within(one: Mention, other: Mention) -> bool:
    """Return whether a town lies near the middle of a district that the other mention names, or may be in it."""
    if (one.geo_precision in _POINTS) == (other.geo_precision in _POINTS) or one.admin1 != other.admin1:
        return False
    distance = great_circle_km(one.latitude, one.longitude, other.latitude, other.longitude)
    area = other if one.geo_precision in _POINTS else one
    return area.geo_precision is GeoPrecision.REGION and distance is not None and distance <= AREA_KM


def spot_of(mention: Mention) -> tuple[str | None, str | None]:
    """Return the names that tell one spot from another."""
    return mention.place_name, mention.facility


def _is_area(mention: Mention) -> bool:
    return is_placed(mention) and mention.geo_precision not in _POINTS


def is_placed(mention: Mention) -> bool:
    """Return whether a mention says more of its place than the country."""
    return mention.geo_precision not in (GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN)


def _far(one: Mention, other: Mention, limit_km: float) -> bool | None:
    """Return whether two points are further apart than the limit; None unless both are points of towns or sites."""
    if one.geo_precision not in _POINTS or other.geo_precision not in _POINTS:
        return None
    distance = great_circle_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return None if distance is None else distance > limit_km
