"""A small neural reader of single sentences: its word splitting, its model, and what it reads off."""
