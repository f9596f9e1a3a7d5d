"""Records in RDF: the thing a record is about, beside the catalogue's entry for it."""
