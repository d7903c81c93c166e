"""The table `gazetteer`: the places that the reader knows, so that a question can begin with a place's name."""

import duckdb

from pipeline.knowledge.gazetteer import digest, places
from pipeline.storage.sql_text import quoted
from schemas.tables import GAZETTEER

_TOLD = "SELECT comment FROM duckdb_tables() WHERE table_name = $name AND NOT temporary"


def fill_gazetteer(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table with the places that this release ships, inside the caller's transaction; once, if they are there.

    The table's comment tells which places it holds.
    """
    comment = f"{GAZETTEER.about} Data {digest()}."
    if connection.execute(_TOLD, {"name": GAZETTEER.name}).fetchone() == (comment,):
        return
    connection.execute(f"DELETE FROM {GAZETTEER.name}")
    connection.register("shipped_places", places())
    connection.execute(f"INSERT INTO {GAZETTEER.name} BY NAME FROM shipped_places")
    connection.unregister("shipped_places")
    connection.execute(f"COMMENT ON TABLE {GAZETTEER.name} IS {quoted(comment)}")
