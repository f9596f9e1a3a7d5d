"""Search: Greek keys, query building, suggestions."""
