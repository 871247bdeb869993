-- Opens and clicks that come faster than anybody reads: an event stands for so many, the last of them at `last_at` (null: for itself alone).
alter table email_events add column times int not null default 1, add column last_at timestamptz;
create index email_events_newest on email_events (workspace_id, email_id, id);
create index email_events_at on email_events (workspace_id, email_id, at);
drop index email_events_workspace_id_email_id_idx;

-- What a further one has to know of all before it, so that it reads none of them. `fetch_count`: whoever they came from.
alter table emails add column fetch_count int not null default 0, add column machine_count int not null default 0,
  add column was_opened boolean not null default false, add column clicked_links int[] not null default '{}';
update emails e set fetch_count = c.fetches, machine_count = c.machines, was_opened = c.opened
from (select workspace_id, email_id, count(*) as fetches, count(*) filter (where machine) as machines, bool_or(kind = 'open') as opened
  from email_events group by workspace_id, email_id) c
where e.workspace_id = c.workspace_id and e.id = c.email_id;
