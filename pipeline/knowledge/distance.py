"""How far two points of the earth are apart."""

from math import asin, cos, radians, sin, sqrt

_EARTH_DIAMETER_KM = 12_742.0


def great_circle_km(lat1: float | None, lon1: float | None, lat2: float | None, lon2: float | None) -> float | None:
    """Return the great-circle distance of two points in km (haversine formula), None if one is unknown.

    Latitudes and longitudes are degrees, WGS 84.
    """
    if lat1 is None or lon1 is None or lat2 is None or lon2 is None:
        return None
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return _EARTH_DIAMETER_KM * asin(sqrt(min(1.0, half)))
