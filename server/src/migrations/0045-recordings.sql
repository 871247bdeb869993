-- What was recorded of calls: a file here, or an address from which one is to be fetched.
create table call_recordings (
  workspace_id bigint not null, id bigint generated always as identity, call_id bigint not null, file_id bigint, url text,
  state text not null check (state in ('waiting', 'kept', 'failed', 'deleted')), error text, tries int not null default 0,
  next_at timestamptz not null default now(), created_at timestamptz not null default now(), primary key (workspace_id, id)
);
create unique index call_recordings_once on call_recordings (workspace_id, call_id, md5(url)) where url is not null;
create index call_recordings_of on call_recordings (workspace_id, call_id);
create index call_recordings_waiting on call_recordings (next_at) where state = 'waiting';
create index call_recordings_kept on call_recordings (created_at) where state = 'kept';
create index calls_in_outbox on calls (workspace_id, outbox_id) where outbox_id is not null;
select signalbox_protect('call_recordings');
