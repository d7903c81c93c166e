"""What the extractors read in an article's place: its words without what typography and layout do to them.

An article's text is kept as it came. Before anything is found in it, it is made readable once, here, in this order:

    remnants     what other tools leave behind: mail's encoding, tags, escapes, letters read in a wrong encoding
    characters   what is not seen or only looks different: soft hyphens, ligatures, spaces inside numbers
    marks        what is said about words and not by them: Markdown, footnotes, bullets between sentences
    lines        which blocks a plain text is made of, where its source does not say
    asides       words about the text: corrections, links to other stories, boxes, captions
    tables       a row of a table of incidents, as the sentence that it stands for
    day_heads    days that head what happened on them
    layout       blocks apart from each other, list items closed, a place's heading in front of what it heads

`view` puts them together, and `edits` remembers where every character comes from, so that whatever is found in the
view is quoted from the article as it is.
"""
