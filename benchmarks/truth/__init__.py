"""How well incidents are read from articles that people have labelled: the mentions, and the table that people read.

`python -m benchmarks.truth PART...` runs the pipeline once over the labelled articles of each part and prints figures.
A part is a folder with `articles.jsonl` and `labels.jsonl`; `benchmarks/labelled/README.md` tells their form.

A mention *agrees* with a labelled incident in type (one family of types), in date (the intervals overlap, or both have
none) and in place (a name in common, spelling aside, or a point within 30 km). Two of the three make a match, each
mention standing for one label and the other way round, those that agree best first.

- strict: matches that agree in all three; lenient: all matches. Optional labels neither count nor cost.
- table: a row of `incidents` stands for the cluster of labels that most of its mentions match. A row without one is
  invented, a second row for a cluster is a duplicate, a row whose mentions match two clusters is mixed.
- clean: rows on which nobody has anything to correct: no duplicate, not mixed; type, date, place, country, the killed
  and the wounded right; no wrong name among perpetrators, targets and claimants.
"""
