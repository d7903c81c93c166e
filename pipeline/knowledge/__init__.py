"""What is known of the world and of words, for whoever needs it: data files that an expert can edit, and their reader.

In comes nothing but the files in `data`; out go places, actors and word lists, row by row, and what linking has to
know of actors and names without reading a text. Imports nothing of the pipeline's other rooms.
"""
