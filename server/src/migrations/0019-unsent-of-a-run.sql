-- What a run could not send is asked for when somebody looks at it: a few rows among all that was ever sent.
create index outbox_unsent_of_run on outbox (workspace_id, run_id) where run_id is not null and state in ('failed', 'uncertain');
