"""Reading an article: from its text to the incidents (mentions) and aggregates (tallies) that it reports."""
