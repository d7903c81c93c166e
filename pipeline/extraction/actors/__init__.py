"""A text in; the parties and persons it names, resolved to entities where they are known, out."""
