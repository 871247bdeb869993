-- Telephone calls, whichever source told of them. `fold` is everything that was said of one, in a form in which order and repetition make no difference;
-- the columns before it follow from it.
create table calls (
  workspace_id bigint not null, id bigint generated always as identity, line_id bigint not null, source_call_id text not null,
  direction text not null check (direction in ('incoming', 'outgoing')), number text, contact_id bigint, company_id bigint,
  employee_id bigint, employee_ids bigint[] not null default '{}',
  started_at timestamptz not null, answered_at timestamptz, ended_at timestamptz, talk_seconds int, waiting_seconds int,
  state text not null check (state in ('ringing', 'answered', 'ended', 'missed', 'failed')), status_code text, fold jsonb not null,
  after_hours boolean not null default false,
  item_id bigint, -- the one that it was made from
  tied_by jsonb, note text not null default '',
  returned_by bigint, returned_at timestamptz, -- of a missed one: the call in which somebody talked to the client after all
  outbox_id bigint, heard_at timestamptz not null default now(), -- when something was last said of it, by our clock
  primary key (workspace_id, id), unique (workspace_id, line_id, source_call_id)
);
create index calls_open on calls (heard_at) where state in ('ringing', 'answered');
create index calls_live on calls (workspace_id, id) where state in ('ringing', 'answered');
create index calls_of_number on calls (workspace_id, number, id);
create index calls_missed on calls (workspace_id, number) where state = 'missed' and returned_by is null;
create index calls_of_line on calls (workspace_id, line_id, started_at);
-- The items that a call stands on.
create table call_items (
  workspace_id bigint not null, call_id bigint not null, item_id bigint not null, primary key (workspace_id, call_id, item_id)
);
create index call_items_of on call_items (workspace_id, item_id, call_id);
select signalbox_protect('calls', 'call_items');
