-- When the password was last given in a session, and when the session was last used: who has been away for long signs in again.
alter table auth_sessions add "confirmedAt" timestamptz not null default now(), add "seenAt" timestamptz not null default now();
