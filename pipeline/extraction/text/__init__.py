"""A text in; its words, sentences, clauses and known phrases out, each at its offsets in the text.

Also the keys under which spellings of one name meet, and the readings' index by where they stand.
"""
