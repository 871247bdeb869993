-- Mail that was taken for a machine's: null: it waits to be looked at; otherwise what somebody said of it.
alter table emails add column held jsonb;
create index emails_held on emails (workspace_id, id) where classification <> 'person' and held is null;
-- Whose mail is never held back again, whatever it looks like.
create table trusted_senders (
  workspace_id bigint not null, id bigint generated always as identity, address text not null, added_by bigint, created_at timestamptz not null default now(),
  primary key (workspace_id, id), unique (workspace_id, address)
);
select signalbox_protect('trusted_senders');
