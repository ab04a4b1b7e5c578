"""A ticket and its past: stored, replayed, moved to another version, told hand over by hand."""
