-- The audit log as it is written and asked for. Nothing was ever written to the one of 0015.
drop table audit_log;
create table audit_log (
  workspace_id bigint not null references workspaces on delete cascade,
  id bigint generated always as identity, at timestamptz not null, kind text not null,
  -- Who, with their names at that time: a person, by a session, a key or a rule; or nobody of the workspace.
  via text not null, by_id bigint, by_name text, via_id text, via_name text, seen_by_id bigint, seen_by_name text,
  session text, addresses text[] not null default '{}',
  object_kind text, object_id text, object_name text,
  -- What a search looks through, in small letters; what sentences and details say.
  text text not null, data jsonb not null default '{}',
  -- What a stranger can repeat is counted in one row an hour (`fold`), and an export says in its row how far it came.
  fold text, until_at timestamptz not null, times int not null default 1, rows bigint,
  primary key (workspace_id, id)
);
create index audit_log_at on audit_log (workspace_id, at, id);
create index audit_log_kind on audit_log (workspace_id, kind, at, id);
create index audit_log_by on audit_log (workspace_id, by_id, at, id);
create index audit_log_object on audit_log (workspace_id, object_kind, object_id, at, id);
create unique index audit_log_fold on audit_log (workspace_id, fold) where fold is not null;
-- As in 0008: without the extension a search reads more.
do $$
begin
  create index audit_log_text on audit_log using gin (text gin_trgm_ops) with (gin_pending_list_limit = 256);
exception when undefined_object then
  raise notice 'no pg_trgm: searching the audit log reads every row';
end $$;

-- Nobody changes or deletes a row. Only the counters of rows that count go on.
select signalbox_protect('audit_log');
revoke update, delete on audit_log from signalbox_app, signalbox_system;
grant update (until_at, times, addresses, rows) on audit_log to signalbox_app, signalbox_system;
create policy counters_only on audit_log as restrictive for update to signalbox_app, signalbox_system using (fold is not null);

-- Up to `most` ids of the rows of the transaction's workspace that hold a text; for why so, see signalbox_find in 0008.
create function signalbox_find_audit(wanted text, most int) returns setof bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
  select a.id from audit_log a
  where a.workspace_id = nullif(current_setting('signalbox.workspace', true), '')::bigint and a.text like lower(wanted) limit most
$$;
revoke execute on function signalbox_find_audit(text, int) from public;
grant execute on function signalbox_find_audit(text, int) to signalbox_app;
grant create on schema public to signalbox_system;
alter function signalbox_find_audit(text, int) owner to signalbox_system;
revoke create on schema public from signalbox_system;

-- The only way out: what is older than the setting says, and never what is younger than a year. It belongs to the owner of the
-- table, whom the policy lets see nothing but that.
create policy of_retention on audit_log
  using (current_user not in ('signalbox_app', 'signalbox_system') and until_at < now() - interval '365 days');
create function signalbox_prune_audit(days int) returns table (workspace bigint, gone bigint)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if days < 365 then raise exception 'The audit log is kept for at least 365 days'; end if;
  return query with gone_rows as (
    delete from audit_log a where a.until_at < now() - make_interval(days => days) returning a.workspace_id
  ) select g.workspace_id, count(*) from gone_rows g group by g.workspace_id;
end $$;
revoke execute on function signalbox_prune_audit(int) from public;
grant execute on function signalbox_prune_audit(int) to signalbox_system;
