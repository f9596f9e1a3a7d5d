"""The API described for programs: one OpenAPI document, made from the actions this site really has."""
