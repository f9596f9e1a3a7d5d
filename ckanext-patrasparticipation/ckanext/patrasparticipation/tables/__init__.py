"""From a spreadsheet of staff to a table: held, looked at, accepted, published by the feeds' own walk."""
