#!/bin/sh
# Run once by PostgreSQL's image in a new database: our roles, and a password for each that signs in.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --file /roles.sql
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set app="$APP_PASSWORD" --set migrator="$MIGRATOR_PASSWORD" <<'SQL'
alter role barnensbasta_app password :'app';
alter role barnensbasta_migrator password :'migrator';
-- Bulk import is switched on when there is something to import.
alter role barnensbasta_loader nologin;
SQL
