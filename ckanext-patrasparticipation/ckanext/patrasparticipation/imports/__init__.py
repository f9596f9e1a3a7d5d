"""Records from a spreadsheet: the template, reading it, the trial, and the import."""
