"""A text in; the words that tell of violence out: triggers, weapons, the killed and the wounded."""
