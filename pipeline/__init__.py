"""News articles in, incidents in DuckDB out: sources → extraction → linking → storage, composed in `pipeline.flow`."""
