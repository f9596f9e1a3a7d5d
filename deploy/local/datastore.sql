-- The DataStore database: PostGIS out of sight, Greek full-text search before the first row is loaded.
create schema if not exists postgis;
create extension if not exists postgis schema postgis;
grant usage on schema postgis to ckan, datastore_ro;
create extension if not exists unaccent schema public;
alter database {store} set search_path = public, postgis;

select 'create text search configuration public.el (copy = pg_catalog.greek)'
where not exists (select from pg_ts_config where cfgname = 'el' and cfgnamespace = 'public'::regnamespace) \gexec
alter text search configuration public.el
    alter mapping for hword, hword_part, word with unaccent, greek_stem;
alter database {store} set default_text_search_config = 'public.el';
