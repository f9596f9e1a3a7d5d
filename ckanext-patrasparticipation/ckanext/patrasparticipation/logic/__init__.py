"""The actions, rules of access, schemas and validators that CKAN registers."""
