"""Is every part of the catalogue there, reachable and configured safely? One module per kind of part."""
