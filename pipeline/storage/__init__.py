"""Storage: Parquet between the workers and the launcher, DuckDB at the launcher alone."""
