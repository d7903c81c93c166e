"""Linking: which reports are reports of one incident, and what the incident is, all reports considered.

**What is the same incident.** One blow, or one exchange of blows, at one place in one stretch of time, by one side
against another. A complex attack (bomb, then gunmen) is one; ten articles about one drone are one; two attacks on
neighbouring bases in the same night are two; two attacks on one base on two days are two; a strike and its answer are
two. The arrest of a suspect, the trial and the vigil belong to the event that they are reported with.

**What never merges.** Days that both reports state and that lie apart; weekdays that are not neighbours; days of the
year that differ; an event later than the report of it; named sites that differ; points more than 60 km apart; an arrest
or an abduction with anything else; attacker and attacked swapped; what one article tells apart. Such a cannot-link
holds against every report that is compared, and every group, so that no chain of likenesses reaches across it. One
thing outweighs it: both sides name the same victim or suspect, by a full name; no two mayors are one. Then one of them
has a day, a town or a manner wrong, and that counts against them without deciding. And an analyst's ruling outweighs
everything.

**Which error is preferred.** A false merge destroys information (two counts become one, two places become one); a
false split only leaves a duplicate that a query can still find. So evidence must be positive: nothing is merged
because nothing speaks against it, silence weighs nothing (but without a day in common something else has to say
more), and a report that two incidents which exclude one another fit about as well joins neither.

**How.** Evidence adds up part by part (`evidence`, with `days`, `places`, `people`, `events`, `parties`). In a first
layer, reports meet under blocking keys of place and time (`blocking_keys`) and join groups one by one, in an order that
belongs to their set (`clustering`). In a second, groups that name the same people, or of which one has no date, are
compared as wholes, and unite where all that they say agrees (`unions`); then an analyst's rulings are obeyed
(`rulings`, must-link and cannot-link). `fusion` says what the incident is, its canonical record. Both layers are
functions of the set of reports, and both can tell what a new report may change: a run looks again at that alone.
Weights were set by hand, looking at half of the Gun Violence Corpus and at news pages about the war around Israel.

**What it is worth.** On the Gun Violence Corpus, extraction included (`python -m benchmarks.gvc`): B-cubed F1 .886
with 5 false merges; with the labelled days and towns .991 with none. On labelled news pages (`python -m
benchmarks.clusters`), 76 of 82 pairs of reports of one incident end in one, and of 2,844 pairs of different ones none.
The pairs that stay apart are reports whose place or actor was not read from the text, or that tell no more than the
country.

**Alternatives that lost.** Exact keys never merge wrongly on American shootings (`python -m benchmarks.gvc`), and in a
war they do: neighbouring bases on one night share day, type and actor; and they lose what was dated a day off or placed
by the county. Similarity without cannot-links merges a campaign into one event by small steps. Between groups:
comparing those of one place and day as well found no more; bearing a quarter of cannot-links, whoever is named, merged
7 pairs of the corpus wrongly instead of 3 for the same F1; transitive closure 34 instead of 9; requiring each two
groups of an incident to be alike lost what one report without a date has to unite; and letting a report that is bounded
by its article's date alone say nothing of time where its group knows the day merged 17 more pairs of pages wrongly.
Counting a claim in both reports as one perpetrator too: a group that claims all attacks on a base made one of them. A
threshold of 4.0 instead of 4.5 found no more and merged more wrongly: it lets a day and a kind of violence suffice,
which they must not.
"""
