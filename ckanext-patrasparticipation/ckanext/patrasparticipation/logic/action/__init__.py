"""The actions CKAN registers; each module of this folder serves one room, and is listed here."""

__all__: list[str] = []
