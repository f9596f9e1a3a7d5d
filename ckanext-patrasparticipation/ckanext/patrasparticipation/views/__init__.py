"""The pages and addresses that are ours."""
