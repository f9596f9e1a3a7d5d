-- The accounts and databases CKAN wants; postgres.py fills in the names and passwords.
select format('create role %I login password %L nosuperuser nocreatedb nocreaterole', name, password)
from (values ('ckan', '{ckan}'), ('datastore_ro', '{read}')) as wanted (name, password)
where not exists (select from pg_roles where rolname = name) \gexec

select format('create database %I owner ckan encoding ''UTF8''', name)
from (values ('{main}'), ('{store}')) as wanted (name)
where not exists (select from pg_database where datname = name) \gexec
