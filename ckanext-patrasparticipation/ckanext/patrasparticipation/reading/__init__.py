"""Reading tables of the DataStore: what a filter means, what a question counts, who may be told how much."""
