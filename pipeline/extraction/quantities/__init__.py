"""A text in; the numbers that its words state, exactly or as a range, out."""
