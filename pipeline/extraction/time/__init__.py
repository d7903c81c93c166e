"""A text and the article's day in; what its expressions of time mean, as intervals of days with a basis, out."""
