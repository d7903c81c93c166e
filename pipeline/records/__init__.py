"""What stages hand to one another beside the schemas: ids, rejects, and reports on their way into incidents."""
