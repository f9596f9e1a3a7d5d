"""The rows that somebody asked for as a file: one module a format, one line in ``formats`` for each."""
