"""What things are: record types, feed columns, vocabularies, and everything derived from a definition."""
