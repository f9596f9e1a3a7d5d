"""The sample city's participation: invented records, so that a fresh installation has a chain to follow."""
