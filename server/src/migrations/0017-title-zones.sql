-- Which pieces of text the titles of a stretch of the alphabet have. A search that fits many and is sorted by title skips the
-- stretches that cannot hold it, instead of reading or sorting all items. A stretch may be said to have more than it has, never less.
create table title_zones (
  workspace_id bigint not null,
  -- The first title that is in it, as `item_keys` has them; it ends where the next begins.
  starts text not null,
  pieces bit(1021) not null,
  -- How many titles have come since it was made.
  added int not null default 0,
  primary key (workspace_id, starts)
);
-- Titles that are in no zone yet: whoever writes an item adds a row here and waits for nobody, a look puts them in later.
create table new_titles (
  workspace_id bigint not null, id bigint not null generated always as identity, item_id bigint not null, primary key (workspace_id, id)
);
select signalbox_protect('title_zones', 'new_titles');
insert into new_titles (workspace_id, item_id) select workspace_id, item_id from item_keys;

-- Each three letters that follow each other, as a bit: a text without one of another's bits does not contain it.
create function signalbox_pieces(words text) returns bit(1021) language plpgsql immutable strict parallel safe as $$
declare
  letters text[] := string_to_array(words, null);
  found bit(1021) := 0::bit(1021);
begin
  for at in 3 .. coalesce(cardinality(letters), 0) loop
    found := set_bit(found, ((ascii(letters[at - 2])::bigint * 961 + ascii(letters[at - 1]) * 31 + ascii(letters[at])) % 1021)::int, 1);
  end loop;
  return found;
end $$;

create function signalbox_keep_new_title() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.title <> old.title then
    insert into new_titles (workspace_id, item_id) values (new.workspace_id, new.id);
  end if;
  return null;
end $$;
create trigger new_title after insert or update of title on items for each row execute function signalbox_keep_new_title();
