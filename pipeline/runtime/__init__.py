"""The process that stages run in: its log, its memory, and how far its workers are."""
