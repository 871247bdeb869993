-- What people are to do: tasks, planned calls and meetings (their deadline is when they take place).
create table tasks (
  workspace_id bigint not null, id bigint generated always as identity,
  kind text not null default 'task' check (kind in ('task', 'call', 'meeting')),
  title text not null, description text not null default '',
  status text not null default 'new' check (status in ('new', 'pending', 'in-progress', 'supposedly-completed', 'completed', 'deferred')),
  responsible_id bigint, creator_id bigint, observer_ids bigint[] not null default '{}', needs_acceptance boolean not null default false,
  deadline timestamptz, reminder jsonb, remind_at timestamptz, -- when the responsible is to be reminded; null once that has been done
  overdue_told boolean not null default false, -- that the deadline has passed
  checklist jsonb not null default '[]', item_id bigint, parent_id bigint, file_ids bigint[] not null default '{}',
  repeat jsonb, repeat_at timestamptz, -- when the next one is made; null once that has been done
  repeat_of bigint, -- the one before it
  run_id bigint, rule_id text, rule_name text, pipeline_id bigint, stage_id bigint, -- by which rule it was made, and where that stands
  created_at timestamptz not null, updated_at timestamptz not null, closed_by bigint, closed_at timestamptz,
  words text not null generated always as (lower(title || e'\n' || left(description, 5000))) stored,
  primary key (workspace_id, id)
);
create index tasks_responsible on tasks (workspace_id, responsible_id, deadline, id);
create index tasks_of_item on tasks (workspace_id, item_id, id) where item_id is not null;
create index tasks_of_parent on tasks (workspace_id, parent_id, id) where parent_id is not null;
create index tasks_status on tasks (workspace_id, status, id);
create index tasks_deadline on tasks (workspace_id, deadline, id);
create index tasks_open on tasks (workspace_id, deadline, id) where closed_at is null;
create unique index tasks_repeat_of on tasks (workspace_id, repeat_of) where repeat_of is not null;
create index tasks_to_remind on tasks (remind_at) where remind_at is not null;
create index tasks_to_repeat on tasks (repeat_at) where repeat_at is not null;
create index tasks_to_tell on tasks (deadline) where deadline is not null and closed_at is null and not overdue_told;

-- Whose a task is, by person: kept by the trigger below.
create table task_people (
  workspace_id bigint not null, employee_id bigint not null, task_id bigint not null,
  responsible boolean not null, creator boolean not null, observer boolean not null,
  primary key (workspace_id, employee_id, task_id)
);
create index task_people_of on task_people (workspace_id, task_id);
create table task_comments (
  workspace_id bigint not null, id bigint generated always as identity, task_id bigint not null, author_id bigint, at timestamptz not null,
  text text not null, file_ids bigint[] not null default '{}',
  primary key (workspace_id, id)
);
create index task_comments_of on task_comments (workspace_id, task_id, id);
create table task_history (
  workspace_id bigint not null, id bigint generated always as identity, task_id bigint not null, at timestamptz not null, author_id bigint,
  field text not null, old_value jsonb, new_value jsonb, rule_name text,
  primary key (workspace_id, id)
);
create index task_history_of on task_history (workspace_id, task_id, id);
select signalbox_protect('tasks', 'task_people', 'task_comments', 'task_history');

create function signalbox_keep_task_people() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from task_people where workspace_id = old.workspace_id and task_id = old.id;
  end if;
  if tg_op <> 'DELETE' then
    insert into task_people (workspace_id, employee_id, task_id, responsible, creator, observer)
    select new.workspace_id, e.id, new.id, e.id is not distinct from new.responsible_id, e.id is not distinct from new.creator_id, e.id = any(new.observer_ids)
    from (select distinct unnest(new.observer_ids || array[new.responsible_id, new.creator_id]) as id) e where e.id is not null;
  end if;
  return null;
end $$;
create trigger task_people after insert or delete or update of responsible_id, creator_id, observer_ids on tasks
  for each row execute function signalbox_keep_task_people();

do $$
begin
  create index tasks_words on tasks using gin (words gin_trgm_ops) with (gin_pending_list_limit = 256);
exception when undefined_object then
  raise notice 'no pg_trgm: searching for a piece of a task reads every task';
end $$;

-- Up to `most` ids of the tasks of the transaction's workspace that hold a text, the newest first; for why so, see signalbox_find in 0008.
create function signalbox_find_tasks(wanted text, most int) returns setof bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
  select t.id from tasks t where t.workspace_id = nullif(current_setting('signalbox.workspace', true), '')::bigint and t.words like lower(wanted)
  order by t.id desc limit most
$$;
revoke execute on function signalbox_find_tasks(text, int) from public;
grant execute on function signalbox_find_tasks(text, int) to signalbox_app;
grant create on schema public to signalbox_system;
alter function signalbox_find_tasks(text, int) owner to signalbox_system;
revoke create on schema public from signalbox_system;

-- What a line in the bell is about, if not an item.
alter table notifications add column task_id bigint;
