-- What was deleted may have been decided on: as the latest invoice of a deal, or as the client's earlier deal that was won.
create table deleted_items (
  workspace_id bigint not null, id bigint not null, number bigint not null default nextval('visits_id_seq'),
  type text not null, contact_id bigint, company_id bigint, parent_id bigint, item jsonb not null,
  primary key (workspace_id, id)
);
create index deleted_items_parent on deleted_items (workspace_id, parent_id) where parent_id is not null;
create index deleted_items_contact on deleted_items (workspace_id, contact_id) where contact_id is not null;
create index deleted_items_company on deleted_items (workspace_id, company_id) where company_id is not null;

-- Whose items were this client's once; items seldom change hands.
create index history_client_from on history (workspace_id, field, "from") where field in ('contact', 'company');
create index history_client_to on history (workspace_id, field, "to") where field in ('contact', 'company');

alter table deleted_items enable row level security;
alter table deleted_items force row level security;
create policy of_workspace on deleted_items to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint));
create policy of_system on deleted_items to signalbox_system using (true);
grant select, insert, update, delete on deleted_items to signalbox_app, signalbox_system;
