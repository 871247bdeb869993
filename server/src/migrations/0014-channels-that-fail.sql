-- A channel whose provider keeps failing: how often in a row and since when, and until when what leaves through it waits.
-- A row goes as soon as the provider takes something.
create table failing_channels (
  workspace_id bigint not null, channel_id bigint not null, failures int not null, since timestamptz not null, reason jsonb not null,
  pauses int not null default 0, paused_at timestamptz, paused_until timestamptz, probe_id bigint,
  primary key (workspace_id, channel_id)
);
create index outbox_channel on outbox (workspace_id, channel_id, next_at) where state = 'queued';

alter table failing_channels enable row level security;
alter table failing_channels force row level security;
create policy of_workspace on failing_channels to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint));
create policy of_system on failing_channels to signalbox_system using (true);
grant select, insert, update, delete on failing_channels to signalbox_app, signalbox_system;
