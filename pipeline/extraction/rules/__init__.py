"""The extractor that works from lexicons and rules."""
