"""One run from end to end: checked options in, a loaded database and the run's record out."""
