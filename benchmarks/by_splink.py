"""Linking by splink: the Fellegi–Sunter model, trained on the reports themselves, on DuckDB, then components."""

import logging
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.linking_scale import ANSWER, Figures

_THRESHOLD = 0.5
"""The threshold with the best F1 on 10,000 reports, of 0.2, 0.5, 0.8 and 0.9."""

_REPORTS = """
CREATE TABLE reports AS
SELECT mention_id AS unique_id, event_type, date_earliest AS first_day, date_latest AS last_day,
    strftime(date_earliest, '%G-%V') AS week, place_name, admin1, country, latitude, longitude, facility,
    perpetrators[1].name AS perpetrator, targets[1].name AS target, weapons[1].weapon_type AS weapon,
    killed_best AS killed, wounded_best AS wounded
FROM '{mentions}'
QUALIFY row_number() OVER (PARTITION BY mention_id ORDER BY ref) = 1
"""

_BLOCKS = (
    ("place_name", "first_day"),
    ("admin1", "week"),
    ("country", "first_day", "event_type"),
    ("country", "week", "killed", "wounded"),
    ("place_name", "killed", "wounded"),
)


def link(reports: Path, threshold: float = _THRESHOLD) -> Figures:
    try:
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError as error:
        raise SystemExit("splink is not installed: pip install 'incident-stream[benchmark]'") from error
    connection = duckdb.connect(str(_fresh(reports / "splink.duckdb")))
    connection.execute("SET memory_limit = '4GB'")
    connection.execute(_REPORTS.format(mentions=next(reports.glob("mentions-*.parquet"))))
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*block) for block in _BLOCKS],
        comparisons=_comparisons(),
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("reports"), settings)
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("place_name", "first_day", "killed", "wounded")], recall=0.3
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in (("place_name", "first_day"), ("country", "killed", "wounded")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    pairs = linker.inference.predict(threshold_match_probability=threshold)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=threshold)
    connection.execute(
        f"COPY (SELECT unique_id AS mention_id, cluster_id AS found FROM {clusters.physical_name}) "  # noqa: S608
        f"TO '{reports / ANSWER}' (FORMAT parquet)"
    )
    connection.close()
    return {"threshold": threshold}


def _comparisons() -> list[Any]:
    import splink.comparison_level_library as level
    import splink.comparison_library as library

    day = library.CustomComparison(
        output_column_name="day",
        comparison_levels=[
            level.CustomLevel("first_day_l IS NULL OR first_day_r IS NULL", "no date").configure(is_null_level=True),
            level.CustomLevel("first_day_l = first_day_r AND last_day_l = last_day_r", "same days"),
            level.CustomLevel("first_day_l <= last_day_r AND first_day_r <= last_day_l", "overlapping days"),
            level.CustomLevel("abs(first_day_l - first_day_r) <= 1", "a day apart"),
            level.ElseLevel(),
        ],
    )
    place = library.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            level.CustomLevel("place_name_l IS NULL OR place_name_r IS NULL", "no place").configure(is_null_level=True),
            level.CustomLevel("facility_l = facility_r", "same site"),
            level.CustomLevel("facility_l <> facility_r", "different sites"),
            level.ExactMatchLevel("place_name"),
            level.DistanceInKMLevel("latitude", "longitude", 15),
            level.ExactMatchLevel("admin1"),
            level.ElseLevel(),
        ],
    )
    return [
        day,
        place,
        *(library.ExactMatch(column) for column in ("event_type", "perpetrator", "target", "weapon")),
        *(_count(column) for column in ("killed", "wounded")),
    ]


def _count(column: str) -> Any:
    import splink.comparison_level_library as level
    import splink.comparison_library as library

    return library.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            level.NullLevel(column),
            level.ExactMatchLevel(column),
            level.CustomLevel(f"abs({column}_l - {column}_r) <= 2", "two apart at most"),
            level.ElseLevel(),
        ],
    )


def _fresh(path: Path) -> Path:
    path.unlink(missing_ok=True)
    return path
