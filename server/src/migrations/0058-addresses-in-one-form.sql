-- The addresses that mail kept before 0043, in the form in which all are compared (semantics.md 6, RFC 3492): small letters in NFC, the
-- domain in punycode and without a dot at its end. As 0043 did with those of clients.
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
create function signalbox_address(written text) returns text language sql immutable as $$
  select case when (octet_length(written) <> char_length(written) or written like '%.') and strpos(normal, '@') > 1
    then substr(normal, 1, strpos(normal, '@')) || (
      select string_agg(signalbox_ascii_label(label), '.' order by at)
      from string_to_table(rtrim(split_part(normal, '@', 2), '.'), '.') with ordinality l (label, at))
    else written end
  from signalbox_normal(written) normal
$$;
create function signalbox_addresses(written text[]) returns text[] language sql immutable as $$
  select coalesce(array_agg(signalbox_address(one) order by at), '{}') from unnest(written) with ordinality w (one, at)
$$;
create function signalbox_has_odd_address(written text) returns boolean language sql immutable as $$
  select octet_length(written) <> char_length(written) or written ~ '\.(,|$)'
$$;

alter table emails no force row level security;
update emails set from_address = signalbox_address(from_address), to_addresses = signalbox_addresses(to_addresses), reply_to = signalbox_address(reply_to)
  where signalbox_has_odd_address(from_address) or signalbox_has_odd_address(coalesce(reply_to, '')) or signalbox_has_odd_address(array_to_string(to_addresses, ','));
alter table emails force row level security;

-- Of two spellings of one sender the first stays.
alter table trusted_senders no force row level security;
delete from trusted_senders t using trusted_senders other
  where other.workspace_id = t.workspace_id and signalbox_address(other.address) = signalbox_address(t.address) and other.id < t.id;
update trusted_senders set address = signalbox_address(address) where signalbox_has_odd_address(address);
alter table trusted_senders force row level security;

alter table employees no force row level security;
update employees set addresses = signalbox_addresses(addresses) where signalbox_has_odd_address(array_to_string(addresses, ','));
alter table employees force row level security;

alter table channels no force row level security;
update channels set settings = jsonb_set(settings, '{address}', to_jsonb(signalbox_address(settings ->> 'address')))
  where kind = 'mailbox' and signalbox_has_odd_address(settings ->> 'address');
alter table channels force row level security;

drop function signalbox_has_odd_address(text);
drop function signalbox_addresses(text[]);
drop function signalbox_address(text);
drop function signalbox_ascii_label(text);
