"""The participation report: records of each kind by field, place, state and month, between two days."""
