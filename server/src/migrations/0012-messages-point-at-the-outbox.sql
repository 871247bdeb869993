-- A message points at its row of the outbox; the outbox knows no kind of message.
alter table emails add outbox_id bigint;

-- The owner, too, is held by the policies, unless it is a superuser.
alter table emails no force row level security;
alter table outbox no force row level security;
update emails e set outbox_id = o.id from outbox o where o.workspace_id = e.workspace_id and o.email_id = e.id;
alter table emails force row level security;
alter table outbox force row level security;

create unique index emails_outbox on emails (workspace_id, outbox_id) where outbox_id is not null;
alter table outbox drop column email_id;
