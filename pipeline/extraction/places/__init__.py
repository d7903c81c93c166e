"""A text in; the places it names, told apart by their context and with their point where they have one, out."""
