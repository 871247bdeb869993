-- Text in the one form in which conditions compare it (semantics.md 6), without its case: NFC, any blanks as one, none at the ends,
-- nothing that nobody sees. The same as `foldedText` (automation/src/kit/values/normal-form.ts).
create function signalbox_normal(words text) returns text language sql immutable parallel safe as $$
  select case when octet_length(words) = char_length(words) and strpos(words, '  ') = 0 and btrim(words) = words
      and translate(words, e'\t\n\v\f\r', '') = words then lower(words)
    else btrim(regexp_replace(
      normalize(regexp_replace(translate(lower(words), 'ς', 'σ'),
        '[\u00ad\u061c\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]', '', 'g'), NFC),
      '[\t-\r\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'), ' ')
    end
$$;

-- The same of what JSON writes: its escapes of blanks are blanks.
create function signalbox_normal_json(written text) returns text language plpgsql immutable parallel safe as $$
declare
  words text := written;
begin
  if strpos(words, '\') > 0 then
    words := replace(regexp_replace(replace(words, '\\', e'\u0001'), '\\([tnrf]|u000b)', ' ', 'g'), e'\u0001', '\\');
  end if;
  return signalbox_normal(words);
end $$;

drop function signalbox_is_odd(jsonb);
create function signalbox_is_odd(word text) returns boolean language sql immutable parallel safe as $$
  select word ~ '[0-9]' and word !~ '[[:alpha:],:/]|[0-9][^0-9.]+[0-9]' and word !~ '^(0|-?([1-9][0-9]*|(0|[1-9][0-9]*)\.[0-9]*[1-9]))$'
$$;

-- Numbers with what is dialled at home only (a 0, in some countries 8, 06 or 1) between the code of the country and the rest.
create function signalbox_trunk_after_country() returns text language sql immutable parallel safe as $$
  select '^\+((1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(2[1-69]|3[578]|42|5[09]|6[789]|8[0578]|9[679])[0-9])0|11|(7|370|375|99[0-9])8|3606)'
$$;

-- A phone number, an e-mail address or a link whose spelling may not be that of its normal form (kit/values/spellings.ts).
create function signalbox_is_respelled(word text) returns boolean language sql immutable parallel safe as $$
  select case
    when strpos(word, '@') > 0 then word !~ '^[a-zA-Z0-9!#$%&''*+/=?^_`{|}~.-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$' or word ~* 'xn--|://'
    when strpos(word, '://') > 0 then word !~* '^https?://[a-z0-9-]+(\.[a-z0-9-]+)+/([a-z0-9._~-]+/?)*$' or word ~* 'xn--'
    when octet_length(word) = char_length(word) then translate(lower(word), e' \t\n\v\f\r0123456789+()./-:;=telcaosmx', '') = ''
      and (word !~ '^\+[1-9][0-9]*$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$' or word ~ signalbox_trunk_after_country())
    else word ~ '[0-9][^0-9]*[0-9][^0-9]*[0-9]' end
$$;

-- Beside the term of a text stands `~` if it may be read as a number but is not written as that number is, `@` if it may be a phone
-- number, an address or a link of another spelling, and `#` if signs in it may stand otherwise in `words`.
create or replace function signalbox_terms(workspace_id bigint, fields jsonb) returns text[] language plpgsql immutable parallel safe as $$
declare
  code text; value jsonb; elements jsonb[]; element jsonb; kind text; field text; word text;
  found text[] := '{}';
begin
  if jsonb_typeof(fields) <> 'object' then return found; end if;
  for code, value in select f.key, f.value from jsonb_each(fields) f loop
    field := workspace_id || ':' || code || ':';
    elements := array[value];
    if jsonb_typeof(value) = 'array' then elements := array(select jsonb_array_elements(value)); end if;
    foreach element in array elements loop
      kind := jsonb_typeof(element);
      if kind = 'string' then
        word := element #>> '{}';
        found := found || (field || left(signalbox_normal(word), 60));
        -- Most texts are words.
        if translate(word, e'0123456789@:\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f', '') <> word then
          if signalbox_is_odd(word) then found := found || (field || '~'); end if;
          if signalbox_is_respelled(word) then found := found || (field || '@'); end if;
          if word ~ '[\u0001-\u0008\u000e-\u001f]' then found := found || (field || '#'); end if;
        end if;
      elsif kind <> 'null' or element <> value then
        found := found || (field || signalbox_term(element));
      end if;
    end loop;
  end loop;
  return found;
end $$;

create or replace function signalbox_item_key(i items) returns item_keys language plpgsql immutable parallel safe as $$
declare
  title text := signalbox_normal(i.title);
begin
  return (i.workspace_id, i.id, left(title, 100),
    case when i.amount is null then -9223372036854775808 else (i.amount * 100)::bigint end, i.created_at, i.responsible_id,
    title || e'\n' || signalbox_normal_json(jsonb_path_query_array(i.fields, '$.*')::text), signalbox_terms(i.workspace_id, i.fields));
end $$;

-- Rows are computed anew; most of them are what they were. The owner, too, is held by the policies, unless it is a superuser.
alter table items no force row level security;
alter table item_keys no force row level security;
alter table new_titles no force row level security;
update item_keys k set (title, words, terms) = (n.title, n.words, n.terms)
  from items i cross join lateral signalbox_item_key(i) n
  where k.workspace_id = i.workspace_id and k.item_id = i.id and (k.title, k.words, k.terms) is distinct from (n.title, n.words, n.terms);
insert into new_titles (workspace_id, item_id) select workspace_id, id from items where signalbox_normal(title) <> lower(title);
alter table items force row level security;
alter table item_keys force row level security;
alter table new_titles force row level security;

drop index if exists contacts_name, companies_name;
do $$
begin
  create index contacts_normal_name on contacts using gin (signalbox_normal(name) gin_trgm_ops) with (gin_pending_list_limit = 256);
  create index companies_normal_name on companies using gin (signalbox_normal(name) gin_trgm_ops) with (gin_pending_list_limit = 256);
exception when undefined_object then
  raise notice 'no pg_trgm: searching for a piece of a name reads every name';
end $$;

-- As in 0008, in the normal form.
create or replace function signalbox_find(what text, wanted text[], most int) returns setof bigint
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  here bigint := nullif(current_setting('signalbox.workspace', true), '')::bigint;
  sought text := signalbox_normal(wanted[1]);
begin
  case what
    when 'terms' then
      return query select k.item_id from item_keys k where k.workspace_id = here and k.terms && wanted limit most;
    when 'words' then
      return query select k.item_id from item_keys k where k.workspace_id = here and k.words like sought limit most;
    when 'contact' then
      return query (select c.id from contacts c where c.workspace_id = here and signalbox_normal(c.name) like sought limit most)
        union (select a.client_id from client_addresses a where a.workspace_id = here and a.client_kind = 'contact' and a.normal ilike any(wanted) limit most);
    when 'company' then
      return query (select c.id from companies c where c.workspace_id = here and signalbox_normal(c.name) like sought limit most)
        union (select a.client_id from client_addresses a where a.workspace_id = here and a.client_kind = 'company' and a.normal ilike any(wanted) limit most);
  end case;
end $$;

-- E-mail addresses are kept in NFC, their domains in punycode and without a dot at the end (RFC 3492, 6.3).
create function signalbox_ascii_label(label text) returns text language plpgsql immutable as $$
declare
  points int[] := array(select ascii(letter) from string_to_table(label, null) letter);
  plain text := regexp_replace(label, '[^\u0001-\u007f]', '', 'g');
  digits constant text := 'abcdefghijklmnopqrstuvwxyz0123456789';
  written text := 'xn--'; done int; plains int := char_length(plain); point int := 128; lowest int; delta int := 0; bias int := 72;
  rest int; threshold int; k int; each int;
begin
  if octet_length(label) = char_length(label) then return label; end if;
  if plain <> '' then written := written || plain || '-'; end if;
  done := plains;
  while done < cardinality(points) loop
    lowest := (select min(p) from unnest(points) p where p >= point);
    delta := delta + (lowest - point) * (done + 1);
    point := lowest;
    foreach each in array points loop
      if each < point then delta := delta + 1; end if;
      continue when each <> point;
      rest := delta;
      k := 36;
      loop
        threshold := greatest(1, case when k - bias > 26 then 26 else k - bias end);
        exit when rest < threshold;
        written := written || substr(digits, threshold + (rest - threshold) % (36 - threshold) + 1, 1);
        rest := (rest - threshold) / (36 - threshold);
        k := k + 36;
      end loop;
      written := written || substr(digits, rest + 1, 1);
      delta := delta / (case when done = plains then 700 else 2 end);
      delta := delta + delta / (done + 1);
      k := 0;
      while delta > 455 loop
        delta := delta / 35;
        k := k + 36;
      end loop;
      bias := k + 36 * delta / (delta + 38);
      delta := 0;
      done := done + 1;
    end loop;
    delta := delta + 1;
    point := point + 1;
  end loop;
  return written;
end $$;
alter table client_addresses no force row level security;
update client_addresses set normal = substr(signalbox_normal(normal), 1, strpos(signalbox_normal(normal), '@')) || (
    select string_agg(signalbox_ascii_label(label), '.' order by at)
    from string_to_table(rtrim(split_part(signalbox_normal(normal), '@', 2), '.'), '.') with ordinality l (label, at))
  where kind = 'email' and (octet_length(normal) <> char_length(normal) or normal like '%.') and normal ~ '^[^@]+@[^@.]+';
update client_addresses set normal = regexp_replace(replace(value, '(0)', ''), '[^0-9+]', '', 'g')
  where kind = 'phone' and value ~ '^\+[0-9 .-]{1,6}\(0\)';
alter table client_addresses force row level security;
drop function signalbox_ascii_label(text);
