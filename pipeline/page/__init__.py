"""The incidents of a database as one page to look at: a file that a browser opens, or served beside a live database."""
