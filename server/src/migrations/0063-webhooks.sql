-- Requests of rules to other systems, and the secrets that they carry: a board says only where one is kept.
create table rule_secrets (
  workspace_id bigint not null, token text not null, sealed text not null,
  origin text, -- scheme, host and port that it was given for; null until the board is saved
  made_by bigint, made_at timestamptz not null,
  primary key (workspace_id, token)
);
create table webhooks (
  workspace_id bigint not null, id bigint generated always as identity, outbox_id bigint not null,
  method text not null, url text not null, headers jsonb not null, body text, signing_secret text not null,
  wanted jsonb, -- by name where the results stand in the answer; null: the run does not wait for it
  status int, results jsonb, answered_at timestamptz, created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index webhooks_outbox on webhooks (workspace_id, outbox_id);
select signalbox_protect('rule_secrets', 'webhooks');

-- Whether the run that put it there waits for what comes of it (semantics.md 5.9).
alter table outbox add column holds boolean not null default false;
-- What of a run has been tried and is to be tried again.
create index outbox_tried_of_run on outbox (workspace_id, run_id) where run_id is not null and state = 'queued' and reason is not null;
