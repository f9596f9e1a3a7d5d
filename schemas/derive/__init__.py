"""What is computed from a definition, so that nothing is written twice."""
