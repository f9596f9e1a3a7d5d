"""Tests: pure ones under schemas/ and harvesters/, CKAN ones under catalogue/, browser ones under browser/."""
