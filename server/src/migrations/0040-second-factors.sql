-- A second factor beside the password: codes of an app, passkeys, and codes for the day when neither is at hand. Of accounts, so over all workspaces.
-- "secondAt": when a session has given it. "passwordIsWeak": signed in with, and not one that could be chosen today.
alter table auth_sessions add "secondAt" timestamptz;
alter table auth_users add "passwordIsWeak" boolean not null default false;
alter table roles add second_factor boolean not null default false;
create table auth_totp (
  user_id text primary key references auth_users on delete cascade, secret text not null, last_step bigint not null default 0, confirmed_at timestamptz
);
create table auth_passkeys (
  id bigint primary key generated always as identity, user_id text not null references auth_users on delete cascade, credential_id text not null unique,
  public_key bytea not null, counter bigint not null, transports text[] not null, name text not null, created_at timestamptz not null, last_used_at timestamptz
);
create index on auth_passkeys (user_id);
create table auth_recovery_codes (
  user_id text not null references auth_users on delete cascade, hash bytea not null, primary key (user_id, hash)
);
-- Of passkeys: each is answered once.
create table auth_used_challenges (hash bytea primary key, used_at timestamptz not null);
create index on auth_used_challenges (used_at);
grant select, insert, update, delete on auth_totp, auth_passkeys, auth_recovery_codes, auth_used_challenges to signalbox_system;
grant usage, select on sequence auth_passkeys_id_seq to signalbox_system;
