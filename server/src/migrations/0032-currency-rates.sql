-- What the workspace's currency and rates were from which moment on; the newest are those of the workspace's own row.
create table currency_rates (
  workspace_id bigint not null, id bigint generated always as identity, base text not null, rates jsonb not null, since timestamptz not null, set_by bigint,
  primary key (workspace_id, id)
);
select signalbox_protect('currency_rates');
