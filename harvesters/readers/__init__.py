"""One module per protocol or file format; none knows a city."""
