"""What a feed is in CKAN: publish, versions, exports, runs."""
