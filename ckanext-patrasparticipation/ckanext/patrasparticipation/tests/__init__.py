"""Tests: schemas/ and harvesters/ are pure, catalogue/ runs CKAN, browser/ a browser."""
