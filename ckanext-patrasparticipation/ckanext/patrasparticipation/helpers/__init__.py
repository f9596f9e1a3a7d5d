"""What templates may ask: each helper is prefixed `participation_` and listed here."""

__all__: list[str] = []
