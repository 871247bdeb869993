-- The list of all mail is asked for what reached no item: a few among very many.
create index emails_of_no_item on emails (workspace_id, id) where item_id is null;
