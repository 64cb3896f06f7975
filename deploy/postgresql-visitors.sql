-- The account of visitors' screens on PostgreSQL: it reads the schema vanguard_public and nothing else.
--
-- Run once in the database of READ_MODEL_URL, by its administrator, after the first `python app.py project`:
--   psql -d <database> -f deploy/postgresql-visitors.sql
--   psql -d <database> -c '\password vanguard_visitors'
-- then set PUBLIC_URL=postgresql://vanguard_visitors:…@host/<database> for the servers of kiosk and reception wall.
-- It may be run again.

DO $$
DECLARE
    projector text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vanguard_visitors') THEN
        CREATE ROLE vanguard_visitors LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION;
    END IF;
    SELECT pg_get_userbyid(nspowner) INTO STRICT projector FROM pg_namespace WHERE nspname = 'vanguard_public';
    -- Tables the projector makes later, after an update of the program, are readable as well.
    EXECUTE format(
        'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA vanguard_public GRANT SELECT ON TABLES TO vanguard_visitors',
        projector
    );
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO vanguard_visitors', current_database());
END
$$;

GRANT USAGE ON SCHEMA vanguard_public TO vanguard_visitors;
GRANT SELECT ON ALL TABLES IN SCHEMA vanguard_public TO vanguard_visitors;

ALTER ROLE vanguard_visitors SET search_path = vanguard_public;
ALTER ROLE vanguard_visitors SET default_transaction_read_only = on;
ALTER ROLE vanguard_visitors SET statement_timeout = '10s';
ALTER ROLE vanguard_visitors CONNECTION LIMIT 64;
