"""The validators CKAN registers: one rule each, listed here."""

__all__: list[str] = []
