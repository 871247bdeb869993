-- What happens to an item is numbered by one sequence, drawn under the item's lock: visits, changes of fields and batches of
-- decisions stand in their true order, so that the item as it was decided on can be rebuilt (semantics.md 3.7).
select setval('visits_id_seq', greatest((select last_value from visits_id_seq), (select last_value from history_id_seq)));
alter table history alter column id drop identity;
alter table history alter column id set default nextval('visits_id_seq');
-- Drawn when the batch has locked its items; within a batch, decisions follow the ids of their signals. 0: decided before this was kept.
alter table decisions add column batch bigint not null default 0;

-- What a contact or company was like before each save, addresses included.
create table client_history (
  workspace_id bigint not null, id bigint not null default nextval('visits_id_seq'),
  client_kind text not null check (client_kind in ('contact', 'company')), client_id bigint not null,
  at timestamptz not null, before jsonb not null,
  primary key (workspace_id, id)
);
create index client_history_client on client_history (workspace_id, client_kind, client_id, id);
alter table client_history enable row level security;
alter table client_history force row level security;
create policy of_workspace on client_history to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint));
create policy of_system on client_history to signalbox_system using (true);
grant select, insert, update, delete on client_history to signalbox_app, signalbox_system;
