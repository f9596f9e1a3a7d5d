"""A dataset as one zip: its files, what its columns mean, its licence, how to cite it."""
