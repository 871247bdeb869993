-- Roles: what people may do. Of a standard role (`code`) name and rights are null until somebody changes them: then they are as in
-- people/rights/standard-roles.ts, the name in each reader's language.
create table roles (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, code text, name text, rights jsonb, position int not null default 0,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id), unique (workspace_id, code), check (code is not null or (name is not null and rights is not null))
);
create unique index roles_name on roles (workspace_id, lower(name)) where name is not null;
create table employee_roles (
  workspace_id bigint not null, employee_id bigint not null, role_id bigint not null,
  primary key (workspace_id, employee_id, role_id),
  foreign key (workspace_id, employee_id) references employees on delete cascade,
  foreign key (workspace_id, role_id) references roles on delete cascade
);
create index employee_roles_role on employee_roles (workspace_id, role_id);

-- What was done for good or to everybody: never edited, not by the roles of the application either.
create table audit_log (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, at timestamptz not null, kind text not null, by_id bigint, seen_by_id bigint,
  via text not null, ip text, text text not null default '', data jsonb not null default '{}',
  primary key (workspace_id, id)
);
create index audit_log_kind on audit_log (workspace_id, kind, id);
create index audit_log_by on audit_log (workspace_id, by_id, id);

grant usage, select on all sequences in schema public to signalbox_app, signalbox_system;

-- The owner is held by the policies of tables, unless it is a superuser: those that are read here are lifted, for this once.
alter table employees no force row level security;
alter table workspaces no force row level security;
insert into roles (workspace_id, code, position)
select w.id, r.code, r.position::int - 1 from workspaces w,
  unnest(array['admin', 'head-of-sales', 'sales', 'operator', 'read-only', 'employee']) with ordinality r (code, position);
insert into employee_roles (workspace_id, employee_id, role_id)
select e.workspace_id, e.id, r.id from employees e join roles r on r.workspace_id = e.workspace_id and r.code = e.role;
alter table employees force row level security;
alter table workspaces force row level security;

select signalbox_protect('roles', 'employee_roles', 'audit_log');
revoke update, delete on audit_log from signalbox_app, signalbox_system;
