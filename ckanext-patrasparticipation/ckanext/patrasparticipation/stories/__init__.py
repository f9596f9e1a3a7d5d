"""The records of participation as their pages, their lists and their home tell them: values for templates."""
