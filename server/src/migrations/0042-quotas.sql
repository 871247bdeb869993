-- What the operator lets a workspace have of something; without a row, what every workspace has.
create table workspace_quotas (
  workspace_id bigint not null, name text not null, amount bigint not null check (amount >= 0), primary key (workspace_id, name)
);
select signalbox_protect('workspace_quotas');
-- The e-mails of the last day, and each person's files, are counted.
create index emails_sent_lately on emails (workspace_id, at) where direction = 'out';
create index files_of_author on files (workspace_id, author_id) include (size);
