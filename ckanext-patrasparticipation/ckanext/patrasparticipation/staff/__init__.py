"""What the catalogue does for those who publish in it: first steps, what waits, what to publish better."""
