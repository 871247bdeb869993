-- Uploaded files: what they are; their bytes lie in the storage (DATA_DIR or S3_URL) under a random key.
create table files (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, name text not null, type text not null, size bigint not null, sha256 text not null,
  key text not null, author_id bigint, created_at timestamptz not null default now(),
  used_at timestamptz, -- null until a field, a rule or an e-mail names it
  primary key (workspace_id, id)
);
create index files_unused on files (created_at) where used_at is null;
-- Keys whose bytes are to be removed, once `after` has passed: of uploads that never ended, and of deleted files.
create table file_trash (
  workspace_id bigint not null, key text not null, after timestamptz not null, primary key (workspace_id, key)
);
create index file_trash_due on file_trash (after);
-- Mail that we write names files; mail that comes in brings its bytes.
alter table email_attachments add column file_id bigint;
alter table email_attachments alter column content drop not null;

do $$
declare t text;
begin
  foreach t in array array['files', 'file_trash'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy of_workspace on %I to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint))$p$, t);
    execute format('create policy of_system on %I to signalbox_system using (true)', t);
    execute format('grant select, insert, update, delete on %I to signalbox_app, signalbox_system', t);
  end loop;
end $$;
grant usage, select on all sequences in schema public to signalbox_app, signalbox_system;
