"""Reading inputs: from files and archives to articles, and to rejects for whatever cannot be read.

`reader` opens a file and picks how to read it by its suffix; `text`, `html`, `jsonl`, `csv_table`, `parquet` and `warc`
each read one kind; `parts` cuts large files, so that workers share them; `document` makes the article; `language` tells
what it is written in; `publication_date` finds when it was published; `decode` turns bytes into text.
"""
