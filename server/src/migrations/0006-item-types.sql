-- Smart processes: types of item that people make themselves (surroundings.md, CRM). Other programs know one by its id, from 128 on.
create table item_types (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity (start with 128), code text not null, name text not null, plural text not null, icon text not null,
  position int not null default 0, created_at timestamptz not null default now(),
  primary key (workspace_id, id), unique (workspace_id, code)
);
create unique index item_types_name on item_types (workspace_id, lower(name));

alter table item_types enable row level security;
alter table item_types force row level security;
create policy of_workspace on item_types to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint));
create policy of_system on item_types to signalbox_system using (true);
grant select, insert, update, delete on item_types to signalbox_app, signalbox_system;
grant usage, select on all sequences in schema public to signalbox_app, signalbox_system;
