-- Links by which somebody who has forgotten their password chooses a new one: good once, for an hour.
create table auth_resets (hash bytea primary key, user_id text not null references auth_users on delete cascade, expires_at timestamptz not null);
create index on auth_resets (user_id);
grant select, insert, update, delete on auth_resets to signalbox_system;
