-- Mail and calls of items that were deleted before these were let go stand on none, as those of items deleted since.
alter table emails no force row level security;
alter table items no force row level security;
update emails e set item_id = null
  where item_id is not null and not exists (select from items i where i.workspace_id = e.workspace_id and i.id = e.item_id);
alter table call_items no force row level security;
delete from call_items c where not exists (select from items i where i.workspace_id = c.workspace_id and i.id = c.item_id);
alter table call_items force row level security;
alter table items force row level security;
alter table emails force row level security;
