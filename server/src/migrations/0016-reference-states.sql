-- What little changes in a workspace (people, pipelines, stages, fields, hours ...) is kept in the memory of each process. Which
-- transaction changed it last stands here, so that a process finds out inside its own transaction whether what it remembers
-- still holds. Written at the end of the changing transaction, so that nobody holds this row while waiting for another.
create table reference_states (
  workspace_id bigint primary key references workspaces on delete cascade, changed_in xid8 not null
);
select signalbox_protect('reference_states');

create function signalbox_reference_changed() returns trigger language plpgsql as $$
declare workspace bigint := (to_jsonb(case tg_op when 'DELETE' then old else new end) ->> tg_argv[0])::bigint;
begin
  insert into reference_states as known (workspace_id, changed_in)
  select id, pg_current_xact_id() from workspaces where id = workspace
  on conflict (workspace_id) do update set changed_in = excluded.changed_in where known.changed_in <> excluded.changed_in;
  return null;
end $$;

do $$
declare t text;
begin
  foreach t in array array['employees', 'departments', 'pipelines', 'stages', 'fields', 'item_types', 'working_calendars', 'work_days', 'absences', 'roles', 'employee_roles'] loop
    execute format($t$create constraint trigger reference_changed after insert or update or delete on %I
      deferrable initially deferred for each row execute function signalbox_reference_changed('workspace_id')$t$, t);
  end loop;
end $$;
create constraint trigger reference_changed after insert or update on workspaces
  deferrable initially deferred for each row execute function signalbox_reference_changed('id');
