-- Every table of a workspace has workspace_id first in its key and a row-level-security policy (see the end of the file).
-- Hot, insert-only tables (signals, decisions, history, timeline, visits, runs) have no foreign keys: one check a row costs more than the row.

do $$
begin
  if not exists (select from pg_roles where rolname = 'signalbox_app') then create role signalbox_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'signalbox_system') then create role signalbox_system nologin; end if;
end $$;
grant signalbox_app, signalbox_system to current_user;

-- Accounts: the tables of better-auth, not tied to a workspace.
create table auth_users (
  id text primary key, name text not null, email text not null unique, "emailVerified" boolean not null default false,
  image text, "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create table auth_sessions (
  id text primary key, "userId" text not null references auth_users on delete cascade, token text not null unique,
  "expiresAt" timestamptz not null, "ipAddress" text, "userAgent" text,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index on auth_sessions ("userId");
create table auth_accounts (
  id text primary key, "userId" text not null references auth_users on delete cascade, "accountId" text not null, "providerId" text not null,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz,
  scope text, password text, "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index on auth_accounts ("userId");
create table auth_verifications (
  id text primary key, identifier text not null, value text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index on auth_verifications (identifier);

create table workspaces (
  id bigint generated always as identity primary key,
  name text not null, time_zone text not null default 'UTC', currency text not null default 'EUR',
  rates jsonb not null default '{}', language text not null default 'en', settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table employees (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity,
  account_id text references auth_users on delete set null,
  email text not null, name text not null, role text not null check (role in ('admin', 'employee')),
  department_id bigint, supervisor_id bigint, phone text, language text, preferences jsonb not null default '{}',
  dismissed_at timestamptz, created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index on employees (workspace_id, lower(email));
create index on employees (account_id);

create table invitations (
  workspace_id bigint not null, id bigint generated always as identity, employee_id bigint not null,
  token_hash bytea not null unique, expires_at timestamptz not null, accepted_at timestamptz,
  primary key (workspace_id, id), foreign key (workspace_id, employee_id) references employees on delete cascade
);

create table departments (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, name text not null, parent_id bigint, head_id bigint,
  primary key (workspace_id, id)
);
create unique index on departments (workspace_id, lower(name));

create table api_keys (
  workspace_id bigint not null, id bigint generated always as identity, employee_id bigint not null,
  kind text not null check (kind in ('api', 'webhook')), name text not null default '', hash bytea not null unique, hint text not null,
  created_at timestamptz not null default now(), last_used_at timestamptz, revoked_at timestamptz,
  primary key (workspace_id, id), foreign key (workspace_id, employee_id) references employees on delete cascade
);

create table pipelines (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, type text not null, name text not null, position int not null default 0,
  board_version int not null default 0, created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index on pipelines (workspace_id, type, lower(name));

create table stages (
  workspace_id bigint not null, id bigint generated always as identity, pipeline_id bigint not null,
  code text not null, name text not null, kind text not null check (kind in ('open', 'won', 'lost')),
  color text not null default '#868e96', position int not null,
  primary key (workspace_id, id), foreign key (workspace_id, pipeline_id) references pipelines on delete cascade,
  unique (workspace_id, pipeline_id, code)
);

-- Versions of a pipeline's automation. `file` is the automation file with stable ids; the newest one is pipelines.board_version.
create table boards (
  workspace_id bigint not null, pipeline_id bigint not null, version int not null, file jsonb not null,
  author_id bigint, saved_at timestamptz not null default now(),
  primary key (workspace_id, pipeline_id, version), foreign key (workspace_id, pipeline_id) references pipelines on delete cascade
);

create table fields (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, type text not null, code text not null, name text not null, kind text not null,
  multiple boolean not null default false, options jsonb not null default '[]', required_stages bigint[] not null default '{}',
  position int not null default 0, primary key (workspace_id, id), unique (workspace_id, type, code)
);

create table companies (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, name text not null, responsible_id bigint, fields jsonb not null default '{}',
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create table contacts (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, name text not null, first_name text, last_name text, company_id bigint, responsible_id bigint,
  fields jsonb not null default '{}', created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index on contacts (workspace_id, company_id) where company_id is not null;
-- The e-mail addresses and phone numbers of contacts and companies; `normal` is lower case without display name, or E.164.
create table client_addresses (
  workspace_id bigint not null, id bigint generated always as identity, client_kind text not null check (client_kind in ('contact', 'company')),
  client_id bigint not null, kind text not null check (kind in ('email', 'phone')), value text not null, normal text not null, position int not null default 0,
  primary key (workspace_id, id)
);
create index on client_addresses (workspace_id, normal);
create index on client_addresses (workspace_id, client_kind, client_id);

create table items (
  workspace_id bigint not null, id bigint generated always as identity, type text not null,
  pipeline_id bigint not null, stage_id bigint not null, visit_id bigint not null default 0,
  title text not null, amount numeric(18, 2), currency text, responsible_id bigint, creator_id bigint, observer_ids bigint[] not null default '{}',
  contact_id bigint, company_id bigint, parent_id bigint, fields jsonb not null default '{}',
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(), moved_at timestamptz not null default now(),
  primary key (workspace_id, id)
) with (fillfactor = 85);
create index items_board on items (workspace_id, pipeline_id, stage_id, id);
create index items_contact on items (workspace_id, contact_id) where contact_id is not null;
create index items_company on items (workspace_id, company_id) where company_id is not null;
create index items_parent on items (workspace_id, parent_id) where parent_id is not null;

-- Signals: what happened. Never edited. The small queue row is deleted when the signal has been decided.
create table signals (
  workspace_id bigint not null, id bigint generated always as identity, kind text not null,
  occurred_at timestamptz not null, recorded_at timestamptz not null default clock_timestamp(), source_key text not null,
  payload jsonb not null, item_ids bigint[], client jsonb, chain jsonb, cause_run_id bigint,
  primary key (workspace_id, id), unique (workspace_id, source_key)
);
create table signal_queue (
  workspace_id bigint not null, signal_id bigint not null, recorded_at timestamptz not null default clock_timestamp(),
  attempts int not null default 0, error text, parked_at timestamptz,
  item_ids bigint[], -- judged again, on these items alone (semantics.md 2.5)
  primary key (workspace_id, signal_id)
);
-- One row for each signal and item it was judged on; item 0 when it reached none (`note` says why).
create table decisions (
  workspace_id bigint not null, item_id bigint not null, signal_id bigint not null, decided_at timestamptz not null,
  pipeline_id bigint not null, board_version int not null, visit_id bigint, verdicts json not null, note json,
  primary key (workspace_id, item_id, signal_id)
);

-- A visit is a move: it ends when the item's next visit begins.
create table visits (
  workspace_id bigint not null, id bigint generated always as identity, item_id bigint not null,
  pipeline_id bigint not null, stage_id bigint not null, from_pipeline_id bigint, from_stage_id bigint,
  entered_at timestamptz not null, board_version int not null, by_id bigint, signal_id bigint, trigger_id text, run_id bigint, chain jsonb,
  primary key (workspace_id, id)
);
create index visits_item on visits (workspace_id, item_id, id);

create table runs (
  workspace_id bigint not null, id bigint generated always as identity, visit_id bigint not null, item_id bigint not null,
  rule_id text not null, state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'skipped', 'cancelled', 'uncertain')),
  waiting_for text check (waiting_for in ('time', 'condition', 'task', 'answer')), entry boolean not null default false, keep boolean not null default false,
  due_at timestamptz, started_at timestamptz, ended_at timestamptz, attempts int not null default 0, result jsonb, error text,
  -- Who asked for it by hand (run now, try again, run for the items already here), and the board's version when it is not the visit's.
  asked_by bigint, board_version int,
  primary key (workspace_id, visit_id, rule_id)
);
create unique index runs_id on runs (workspace_id, id);
create index runs_waiting on runs (workspace_id, item_id) where state = 'waiting' and not entry;
create index runs_due on runs (due_at) where state = 'waiting' and due_at is not null;

create table history (
  workspace_id bigint not null, id bigint generated always as identity, item_id bigint not null, at timestamptz not null,
  author_id bigint, field text not null, "from" jsonb, "to" jsonb, trigger_name text, rule_name text, signal_id bigint,
  primary key (workspace_id, id)
);
create index history_item on history (workspace_id, item_id, id);
create table timeline (
  workspace_id bigint not null, id bigint generated always as identity, item_id bigint not null, kind text not null,
  at timestamptz not null, author_id bigint, text text not null default '', data jsonb not null default '{}',
  primary key (workspace_id, id)
);
create index timeline_item on timeline (workspace_id, item_id, id);

create table notifications (
  workspace_id bigint not null, id bigint generated always as identity, employee_id bigint not null, text text not null,
  sender_id bigint, item_id bigint, run_id bigint, at timestamptz not null default now(), read_at timestamptz,
  primary key (workspace_id, id)
);
create index notifications_mine on notifications (workspace_id, employee_id, id);
create index notifications_unread on notifications (workspace_id, employee_id) where read_at is null;

create table channels (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, kind text not null, provider text not null, name text not null,
  settings jsonb not null default '{}', secrets jsonb not null default '{}', enabled boolean not null default true,
  created_at timestamptz not null default now(), primary key (workspace_id, id)
);

create table emails (
  workspace_id bigint not null, id bigint generated always as identity, direction text not null check (direction in ('in', 'out')),
  audience text not null default 'client' check (audience in ('client', 'employee')),
  mailbox_id bigint, item_id bigint, contact_id bigint, company_id bigint, author_id bigint, run_id bigint,
  message_id text not null, in_reply_to text, reference_ids text[] not null default '{}', thread_id bigint,
  from_address text not null, from_name text, to_addresses text[] not null, subject text not null default '', text text not null default '', html text,
  classification text not null default 'person' check (classification in ('person', 'bounce', 'auto-reply', 'spam')),
  evidence jsonb not null default '[]', tied_by jsonb, headers jsonb not null default '{}', track boolean not null default false,
  at timestamptz not null default now(), first_opened_at timestamptz, open_count int not null default 0, click_count int not null default 0,
  bounced_at timestamptz,
  -- The links of a tracked mail in the order of their tokens; an incoming message as it came.
  links text[] not null default '{}', raw bytea, primary key (workspace_id, id)
);
create index emails_item on emails (workspace_id, item_id, id);
create index emails_message on emails (workspace_id, message_id);
create index emails_thread on emails (workspace_id, thread_id);
create index emails_from on emails (workspace_id, from_address, id);
create index emails_to on emails using gin (to_addresses);
create table email_attachments (
  workspace_id bigint not null, id bigint generated always as identity, email_id bigint not null, name text not null, type text not null,
  size int not null, content_id text, content bytea not null, primary key (workspace_id, id)
);
create index on email_attachments (workspace_id, email_id);
create table email_events (
  workspace_id bigint not null, id bigint generated always as identity, email_id bigint not null, kind text not null check (kind in ('open', 'click')),
  url text, at timestamptz not null, user_agent text, ip text, machine boolean not null, counted boolean not null, evidence jsonb not null default '[]',
  primary key (workspace_id, id)
);
create index on email_events (workspace_id, email_id);

-- What leaves Signalbox. `sending` is committed with a lease before any network call.
create table outbox (
  workspace_id bigint not null, id bigint generated always as identity, kind text not null, channel_id bigint, run_id bigint, item_id bigint, email_id bigint,
  payload jsonb not null, idempotency_key text not null, state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed', 'uncertain')),
  attempts int not null default 0, next_at timestamptz not null default now(), lease_token uuid, lease_until timestamptz,
  error text, created_at timestamptz not null default now(), sent_at timestamptz,
  primary key (workspace_id, id)
);
create index outbox_due on outbox (next_at) where state in ('queued', 'sending');
create index outbox_email on outbox (workspace_id, email_id) where email_id is not null;

create table sandbox_mail (
  workspace_id bigint not null, id bigint generated always as identity, outbox_id bigint unique, from_address text not null, to_addresses text[] not null,
  subject text not null default '', text text not null default '', html text, headers jsonb not null default '{}', raw bytea, at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create table sandbox_sms (
  workspace_id bigint not null, id bigint generated always as identity, outbox_id bigint unique, from_number text not null, to_number text not null,
  text text not null, at timestamptz not null default now(), primary key (workspace_id, id)
);

-- Whose turn it is, for rules that choose people in turn.
create table rule_turns (
  workspace_id bigint not null, pipeline_id bigint not null, rule_id text not null, last_employee_id bigint not null,
  primary key (workspace_id, pipeline_id, rule_id)
);

create table idempotency_keys (
  workspace_id bigint not null, employee_id bigint not null, key text not null, request_hash text not null, status int, body jsonb,
  created_at timestamptz not null default now(), primary key (workspace_id, employee_id, key)
);

-- Not of a workspace: processes and their heartbeats.
create table processes (
  id text primary key, worker_ids text[] not null default '{}', roles text not null, started_at timestamptz not null default now(), seen_at timestamptz not null default now()
);

-- graphile-worker's own tables belong to the owner; everybody else adds jobs through here, in their transaction.
create function signalbox_add_jobs(jobs json) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  -- Those without a key all at once: ten times the speed.
  perform graphile_worker.add_jobs(array(
    select row(j->>'task', j->'payload', null, (j->>'runAt')::timestamptz, coalesce((j->>'maxAttempts')::int, 25), null, (j->>'priority')::int, null)::graphile_worker.job_spec
    from json_array_elements(jobs) j where j->>'key' is null));
  perform graphile_worker.add_job(
    j->>'task', j->'payload', run_at := (j->>'runAt')::timestamptz, max_attempts := coalesce((j->>'maxAttempts')::int, 25),
    job_key := j->>'key', priority := (j->>'priority')::int, job_key_mode := coalesce(j->>'keyMode', 'replace'))
  from json_array_elements(jobs) j where j->>'key' is not null;
end $$;

do $$
declare t text;
begin
  for t in select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
           where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy of_workspace on %I to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint))$p$, t);
    execute format('create policy of_system on %I to signalbox_system using (true)', t);
  end loop;
end $$;
grant usage on schema public to signalbox_app, signalbox_system;
grant select, insert, update, delete on all tables in schema public to signalbox_app, signalbox_system;
grant usage, select on all sequences in schema public to signalbox_app, signalbox_system;
revoke all on auth_users, auth_sessions, auth_accounts, auth_verifications, processes from signalbox_app;
revoke insert, delete on workspaces from signalbox_app;
alter table workspaces enable row level security;
alter table workspaces force row level security;
create policy of_workspace on workspaces to signalbox_app using (id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint));
create policy of_system on workspaces to signalbox_system using (true);
revoke execute on function signalbox_add_jobs(json) from public;
grant execute on function signalbox_add_jobs(json) to signalbox_app, signalbox_system;
