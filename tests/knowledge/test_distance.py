import pytest

from pipeline.knowledge.distance import great_circle_km


@pytest.mark.parametrize(
    ("points", "km"),
    [
        ((36.2, 37.16, 36.2, 37.16), 0.0),
        ((33.31, 44.37, 36.34, 43.12), 355.0),
        ((0.0, 179.9, 0.0, -179.9), 22.2),
        ((90.0, 0.0, -90.0, 0.0), 20015.0),
    ],
)
def test_distances_on_the_globe(points: tuple[float, ...], km: float) -> None:
    assert great_circle_km(*points) == pytest.approx(km, rel=0.01)


def test_an_unknown_point_is_at_no_distance() -> None:
    assert great_circle_km(36.2, 37.16, None, None) is None
