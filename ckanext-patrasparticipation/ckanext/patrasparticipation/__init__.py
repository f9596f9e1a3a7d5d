"""An open-data catalogue for a city: participation records and municipal feeds, as a CKAN extension."""
