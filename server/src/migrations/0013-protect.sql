-- What every table of a workspace needs (docs/adr/0003): policies that hold its owner, too, and the rights of both roles.
-- Called once for each new table, in the migration that makes it.
create function signalbox_protect(variadic tables text[]) returns void language plpgsql as $$
declare t text;
begin
  foreach t in array tables loop
    if not exists (
      select from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
      where x.indrelid = quote_ident(t)::regclass and x.indisprimary and a.attname = 'workspace_id'
    ) then
      raise exception 'The primary key of % does not begin with workspace_id', t;
    end if;
    execute format('alter table %I enable row level security, force row level security', t);
    execute format($p$create policy of_workspace on %I to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint))$p$, t);
    execute format('create policy of_system on %I to signalbox_system using (true)', t);
    execute format('grant select, insert, update, delete on %I to signalbox_app, signalbox_system', t);
  end loop;
end $$;
revoke execute on function signalbox_protect(text[]) from public;
