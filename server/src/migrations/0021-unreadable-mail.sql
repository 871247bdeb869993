-- Why not all of a message could be read as its writer meant it; the whole is in `raw`. Counted in health.
alter table emails add column unreadable text;
create index emails_unreadable on emails (workspace_id, id) where unreadable is not null;
