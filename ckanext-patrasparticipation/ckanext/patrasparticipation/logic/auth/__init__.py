"""Who may do what; one rule a function, listed here for CKAN to register."""

__all__: list[str] = []
