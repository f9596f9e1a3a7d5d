"""One module per closed door."""
