"""Event statements in; incidents, each told by one statement or more, and aggregates out, as records."""
