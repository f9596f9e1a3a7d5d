"""The pages and addresses that are ours: blueprints, listed here for CKAN to register."""

__all__: list[str] = []
