-- How many letters of senders that nobody knew came to a mailbox in an hour: those above its rate are held back (docs/email.md).
create table new_senders (
  workspace_id bigint not null references workspaces on delete cascade, mailbox_id bigint not null,
  hour timestamptz not null, letters int not null,
  primary key (workspace_id, mailbox_id, hour)
);
select signalbox_protect('new_senders');

alter table emails drop constraint emails_classification_check;
alter table emails add constraint emails_classification_check check (classification in ('person', 'bounce', 'auto-reply', 'spam', 'flood')) not valid;
