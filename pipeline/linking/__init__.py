"""Linking: which reports are reports of one incident, and what the incident is, all reports considered."""
