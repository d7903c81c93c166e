"""The recipe for `data/gazetteer.tsv.gz`: `python -m pipeline.extraction.gazetteer_build`.

Not part of a run: the file ships with the package. Rebuilding needs the `gazetteer` extra.
"""
