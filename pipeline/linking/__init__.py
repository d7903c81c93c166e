"""Linking: which reports are reports of one incident, and what the incident is, all reports considered.

**What is the same incident.** One blow, or one exchange of blows, at one place in one stretch of time, by one side
against another. A complex attack (bomb, then gunmen) is one; ten articles about one drone are one; two attacks on
neighbouring bases in the same night are two; two attacks on one base on two days are two; a strike and its answer are
two. The arrest of a suspect, the trial and the vigil belong to the deed that they are told of.

**What never merges.** Days that both reports state and that lie apart; weekdays that are not neighbours; days of the
year that differ; a deed later than the report of it; named sites that differ; points more than 60 km apart; an arrest
or an abduction with anything else; attacker and attacked swapped; what one article tells apart. A veto holds against
every member that is compared, so that no chain of likenesses reaches across it. One thing outweighs a veto: both
reports name the same victim or suspect. Then one of them has a day, a town or a manner wrong, and that counts against
them without deciding.

**Which error is preferred.** A false merge destroys information (two counts become one, two places become one); a
false split only leaves a duplicate that a query can still find. So evidence must be positive: nothing is merged
because nothing speaks against it, silence weighs nothing, and a report that two incidents which exclude one another
fit about as well joins neither.

**How.** Evidence adds up part by part (`evidence`, with `days`, `spots`, `people`, `deeds`, `parties`); reports meet
under keys of place and time (`keys`) and join incidents in an order that belongs to their set (`cluster`); `fusion`
says what the incident is. Weights were set by hand, looking at half of the Gun Violence Corpus and at news pages about
the war around Israel.

**Alternatives that lost.** Exact keys never merge wrongly on American shootings (`python -m benchmarks.gvc`), and in a
war they do: neighbouring bases on one night share day, type and actor; and they lose what was dated a day off or placed
by the county. Similarity without vetoes merges a campaign into one event by small steps. Uniting incidents that later
reports show to be one found a few more pairs of the corpus at the price of as many false merges, and made an incident
depend on reports of any time: a run could no longer look at the neighbourhood of what is new alone. A threshold of 4.0
instead of 4.5 found no more and merged more wrongly: it lets a day and a kind of violence suffice, which they must not.
"""
