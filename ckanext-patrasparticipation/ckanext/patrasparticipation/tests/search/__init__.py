"""Search: what is typed, what is found, what the index holds."""
