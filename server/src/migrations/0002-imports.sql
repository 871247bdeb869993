-- Files of rows to bring in. `source` is what was found in the file, `plan` what its columns become; `done` rows are in or
-- reported, in the transaction that brought them in, so that a crash neither loses nor doubles one.
create table imports (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, employee_id bigint, target text not null, file_name text not null,
  state text not null default 'draft' check (state in ('draft', 'running', 'done', 'cancelled')),
  source jsonb not null, plan jsonb, row_count int not null, done int not null default 0,
  results jsonb not null default '{}', reasons jsonb not null default '{}',
  created_at timestamptz not null default now(), started_at timestamptz, ended_at timestamptz,
  primary key (workspace_id, id)
);
create table import_rows (
  workspace_id bigint not null, import_id bigint not null, position int not null, line int not null, cells jsonb not null,
  state text check (state in ('created', 'updated', 'skipped', 'refused')), record_id bigint, notes jsonb,
  primary key (workspace_id, import_id, position),
  foreign key (workspace_id, import_id) references imports on delete cascade
);
-- What records are called in the program they came from; of several records with one key the first.
create table record_keys (
  workspace_id bigint not null, kind text not null, key text not null, record_id bigint not null,
  primary key (workspace_id, kind, key)
);
create index record_keys_record on record_keys (workspace_id, kind, record_id);

do $$
declare t text;
begin
  foreach t in array array['imports', 'import_rows', 'record_keys'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy of_workspace on %I to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint))$p$, t);
    execute format('create policy of_system on %I to signalbox_system using (true)', t);
    execute format('grant select, insert, update, delete on %I to signalbox_app, signalbox_system', t);
  end loop;
end $$;
grant usage, select on all sequences in schema public to signalbox_app, signalbox_system;
