"""Measure the engine: the made input, and what reading and mapping it costs."""
