"""Incidents in the forms that other tools read: rows of the database in, one file out.

`rows.py` says what a row is, `columns.py` how the columns of a delimited format are listed, `registry.py` which formats
there are; each module of `formats` writes one family of them.
"""
