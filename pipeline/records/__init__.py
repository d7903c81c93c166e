"""What stages hand to one another beside the schemas: ids, rejects, reports on their way into incidents; as Parquet."""
