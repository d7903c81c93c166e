"""A place that the reader knows, for questions that begin with a name: the rows of the table `gazetteer`."""

from schemas.base import Record


class Place(Record):
    """A place that is shipped with the program: a town, province, district, airfield, site, region or sea."""

    name: str
    """Its canonical name, as in `incidents.place_name` or `incidents.facility`."""
    kind: str
    """What it is: city, district, admin1, region, sea, or the type of a site, such as airfield or military_base."""
    admin1: str | None = None
    """The province, state or governorate."""
    country: str | None = None
    """ISO 3166-1 alpha-3; XSE at sea."""
    latitude: float | None = None
    """Degrees north, WGS 84; null where it has no one point."""
    longitude: float | None = None
    """Degrees east, WGS 84."""
    population: int | None = None
    """Inhabitants of a town; null where that is not known."""
