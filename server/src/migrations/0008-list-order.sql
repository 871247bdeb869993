-- What lists sort and find by. A move changes none of it, so moves - the hot path - write none of these indexes: that is why it
-- stands beside `items` and not in it. Kept by triggers that fire for these columns alone.
create table item_keys (
  workspace_id bigint not null, item_id bigint not null,
  -- In lower case, cut so that every title fits an index.
  title text not null,
  -- Hundredths: comparing bigint leaks nothing, so its index serves under row-level security; comparing numeric does not.
  amount bigint not null, created_at timestamptz not null, responsible_id bigint,
  -- The title and the values of all fields in lower case, as JSON writes them.
  words text not null,
  -- `workspace:field:value` in lower case; a value that has no plain text is `#`, beside a number written oddly as text stands `~`.
  terms text[] not null,
  primary key (workspace_id, item_id)
);

create function signalbox_term(value jsonb) returns text language sql immutable parallel safe as $$
  select case jsonb_typeof(value)
    when 'string' then left(lower(value #>> '{}'), 60)
    when 'boolean' then value #>> '{}'
    when 'number' then case when abs(value::numeric) between 0.000001 and 1e15 or value::numeric = 0 then trim_scale(value::numeric)::text else '#' end
    else '#' end
$$;

-- A text that may be read as a number, but not written as that number is.
create function signalbox_is_odd(value jsonb) returns boolean language sql immutable parallel safe as $$
  select jsonb_typeof(value) = 'string' and value #>> '{}' ~ '[0-9]' and value #>> '{}' !~ '[[:alpha:],:/]|[0-9][^0-9.]+[0-9]'
    and value #>> '{}' !~ '^(0|-?([1-9][0-9]*|(0|[1-9][0-9]*)\.[0-9]*[1-9]))$'
$$;

-- A loop, because a query over the elements costs six times as much.
create function signalbox_terms(workspace_id bigint, fields jsonb) returns text[] language plpgsql immutable parallel safe as $$
declare
  code text; value jsonb; element jsonb;
  found text[] := '{}';
begin
  if jsonb_typeof(fields) <> 'object' then return found; end if;
  for code, value in select f.key, f.value from jsonb_each(fields) f loop
    if jsonb_typeof(value) = 'array' then
      for element in select jsonb_array_elements(value) loop
        found := found || (workspace_id || ':' || code || ':' || signalbox_term(element));
        if signalbox_is_odd(element) then found := found || (workspace_id || ':' || code || ':~'); end if;
      end loop;
    elsif jsonb_typeof(value) <> 'null' then
      found := found || (workspace_id || ':' || code || ':' || signalbox_term(value));
      if signalbox_is_odd(value) then found := found || (workspace_id || ':' || code || ':~'); end if;
    end if;
  end loop;
  return found;
end $$;

create function signalbox_item_key(i items) returns item_keys language sql immutable parallel safe as $$
  select i.workspace_id, i.id, left(lower(i.title), 100),
    case when i.amount is null then -9223372036854775808 else (i.amount * 100)::bigint end, i.created_at, i.responsible_id,
    lower(i.title || e'\n' || jsonb_path_query_array(i.fields, '$.*')::text), signalbox_terms(i.workspace_id, i.fields)
$$;

-- The owner, too, is held by the policies of `items`, unless it is a superuser.
alter table items no force row level security;
insert into item_keys select k.* from items i, signalbox_item_key(i) k;
alter table items force row level security;

create index item_keys_title on item_keys (workspace_id, title, item_id);
create index item_keys_amount on item_keys (workspace_id, amount, item_id);
create index item_keys_created on item_keys (workspace_id, created_at, item_id);
create index item_keys_responsible on item_keys (workspace_id, responsible_id, item_id);
create index item_keys_terms on item_keys using gin (terms) with (gin_pending_list_limit = 256);

-- Trigrams find a piece of a text. The extension is part of every usual PostgreSQL; where it is missing, searching reads more.
do $$
begin
  create extension if not exists pg_trgm with schema public;
  create index item_keys_words on item_keys using gin (words gin_trgm_ops) with (gin_pending_list_limit = 256);
  create index contacts_name on contacts using gin (name gin_trgm_ops) with (gin_pending_list_limit = 256);
  create index companies_name on companies using gin (name gin_trgm_ops) with (gin_pending_list_limit = 256);
  create index client_addresses_piece on client_addresses using gin (normal gin_trgm_ops) with (gin_pending_list_limit = 256);
exception when insufficient_privilege or undefined_file or feature_not_supported then
  raise notice 'no pg_trgm: searching for a piece of a text reads every text';
end $$;

create function signalbox_keep_item_key() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from item_keys where workspace_id = old.workspace_id and item_id = old.id;
  elsif tg_op = 'INSERT' then
    insert into item_keys select k.* from signalbox_item_key(new) k;
  else
    update item_keys set (title, amount, created_at, responsible_id, words, terms) =
      (select k.title, k.amount, k.created_at, k.responsible_id, k.words, k.terms from signalbox_item_key(new) k)
    where workspace_id = new.workspace_id and item_id = new.id;
  end if;
  return null;
end $$;
create trigger item_key after insert or delete or update of title, amount, created_at, responsible_id, fields on items
  for each row execute function signalbox_keep_item_key();

alter table item_keys enable row level security;
alter table item_keys force row level security;
create policy of_workspace on item_keys to signalbox_app using (workspace_id = (select nullif(current_setting('signalbox.workspace', true), '')::bigint));
create policy of_system on item_keys to signalbox_system using (true);
grant select, insert, update, delete on item_keys to signalbox_app, signalbox_system;

-- Up to `most` ids of what holds one of the wanted terms or texts, in the workspace of the transaction alone. Row-level security
-- keeps GIN indexes from whoever it holds (their operators could tell of other workspaces' rows), so this runs as
-- signalbox_system and names the workspace itself. Planned for each wanted text anew: a rare one wants the index, a common one not.
create function signalbox_find(what text, wanted text[], most int) returns setof bigint
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  here bigint := nullif(current_setting('signalbox.workspace', true), '')::bigint;
begin
  case what
    when 'terms' then
      return query select k.item_id from item_keys k where k.workspace_id = here and k.terms && wanted limit most;
    when 'words' then
      return query select k.item_id from item_keys k where k.workspace_id = here and k.words like lower(wanted[1]) limit most;
    when 'contact' then
      return query (select c.id from contacts c where c.workspace_id = here and c.name ilike wanted[1] limit most)
        union (select a.client_id from client_addresses a where a.workspace_id = here and a.client_kind = 'contact' and a.normal ilike any(wanted) limit most);
    when 'company' then
      return query (select c.id from companies c where c.workspace_id = here and c.name ilike wanted[1] limit most)
        union (select a.client_id from client_addresses a where a.workspace_id = here and a.client_kind = 'company' and a.normal ilike any(wanted) limit most);
  end case;
end $$;
revoke execute on function signalbox_find(text, text[], int) from public;
grant execute on function signalbox_find(text, text[], int) to signalbox_app;
grant create on schema public to signalbox_system;
alter function signalbox_find(text, text[], int) owner to signalbox_system;
revoke create on schema public from signalbox_system;

-- A column of the board is sorted by when its cards came.
drop index items_board;
create index items_board on items (workspace_id, pipeline_id, stage_id, moved_at, id);
-- Moves write these two; what that costs the drain stands in docs/benchmarks.md.
create index items_updated on items (workspace_id, updated_at, id);
create index items_moved on items (workspace_id, moved_at, id);
