"""Reading inputs: from files of text, web pages and JSON Lines to articles, and to rejects for whatever cannot be read.

`reader` opens a file and picks how to read it by its suffix; `text`, `html` and `jsonl` each read one kind;
`document` makes the article; `clock` finds when it was published; `decode` turns bytes into text.
"""
