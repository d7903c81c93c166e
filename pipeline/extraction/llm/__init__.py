"""A language model as a reader: it points at the words that tell of incidents, and our own modules read them."""
