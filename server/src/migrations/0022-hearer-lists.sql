-- Verdicts name triggers by their places in the list of those that heard the signal, so that what many have in common is kept
-- once; the list, with what a verdict says that stands in the trigger itself, is kept once for all decisions that were made by it.
create table hearer_lists (
  workspace_id bigint not null,
  -- Half of a hash of what is in it.
  id uuid not null, triggers json not null, primary key (workspace_id, id)
);
select signalbox_protect('hearer_lists');
-- Null: the verdicts name each trigger by its id, as all did until now.
alter table decisions add column hearers uuid;
