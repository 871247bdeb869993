-- Which process follows the exchange of a line; another takes over when `held_until` has passed.
create table line_leases (
  workspace_id bigint not null, channel_id bigint not null,
  holder uuid not null, held_until timestamptz not null,
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade
);
select signalbox_protect('line_leases');
