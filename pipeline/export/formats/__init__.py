"""The formats: each function takes rows and writes one file."""
