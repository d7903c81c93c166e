"""News articles in, incidents in DuckDB out: sources → extraction → linking → storage; `pipeline.run.flow` composes."""
