"""Polling RSS and Atom feeds: politely, for years, and without believing what they say.

A poll goes through these, each plain and tested alone:

    listing   the --feeds FILE → which feeds
    schedule  which of them are due, and when each is due again
    addresses which hosts may be asked, and at which address
    fetch     one GET: redirects, limits of time and size, compression
    parse     a body → a feed and its entries
    naming    what an entry is called, so that it is known again when it changes
    poll      what was known of a feed + what its server answered + the time → what is known now, and new documents
    pages     with --full-text: an entry's web page, if robots.txt lets us
    ask       one poll: over the web, or of a file
    streaming what a job needs that polls again and again without a database between
    hosts     many hosts at once, each asked for one thing at a time

`transform` is what Beam sees. Nothing is remembered here: what is known of feeds comes in with a run, and goes out to
be stored with the run's articles or not at all, so that a run that dies asks again for all that it had asked for.
"""
