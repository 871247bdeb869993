-- The company calendar (semantics.md 5.4): `week` has the stretches of seven days, Monday first; holidays follow from the country.
create table working_calendars (
  workspace_id bigint primary key references workspaces on delete cascade,
  week jsonb not null, country text, days_off jsonb not null default '[]', days_on jsonb not null default '[]'
);
-- The days on which people work, as they say themselves.
create table work_days (
  workspace_id bigint not null, id bigint generated always as identity, employee_id bigint not null,
  state text not null default 'open' check (state in ('open', 'paused', 'ended')),
  started_at timestamptz not null, changed_at timestamptz not null, paused_ms bigint not null default 0,
  primary key (workspace_id, id), foreign key (workspace_id, employee_id) references employees on delete cascade
);
create unique index work_days_under_way on work_days (workspace_id, employee_id) where state <> 'ended';
create index work_days_latest on work_days (workspace_id, employee_id, started_at desc, id desc);
create table absences (
  workspace_id bigint not null, id bigint generated always as identity, employee_id bigint not null,
  from_day date not null, to_day date not null check (to_day >= from_day), reason text not null,
  created_by bigint, created_at timestamptz not null default now(),
  primary key (workspace_id, id), foreign key (workspace_id, employee_id) references employees on delete cascade
);
create index absences_of on absences (workspace_id, employee_id, to_day);

do $$
declare t text;
begin
  foreach t in array array['working_calendars', 'work_days', 'absences'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy of_workspace on %I to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint))$p$, t);
    execute format('create policy of_system on %I to signalbox_system using (true)', t);
    execute format('grant select, insert, update, delete on %I to signalbox_app, signalbox_system', t);
  end loop;
end $$;
grant usage, select on all sequences in schema public to signalbox_app, signalbox_system;
