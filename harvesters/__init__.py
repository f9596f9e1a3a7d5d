"""How data comes: sources, readers, converters, checks and the pipeline. Knows nothing of CKAN."""
