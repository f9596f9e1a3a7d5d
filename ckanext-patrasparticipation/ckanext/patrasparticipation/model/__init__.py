"""Our tables in the main database."""
