"""What a record is in CKAN: slugs, translated text, index documents."""
