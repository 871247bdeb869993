-- The numbers on the cards of the automation screen and of a rule's waiting runs are found by what they count, not by reading all
-- that ever happened in the workspace: each run says of which pipeline it is, as its visit does.
alter table runs add column pipeline_id bigint;
update runs r set pipeline_id = v.pipeline_id from visits v where v.workspace_id = r.workspace_id and v.id = r.visit_id;
update runs set pipeline_id = 0 where pipeline_id is null;
alter table runs alter column pipeline_id set not null;

create index runs_waiting_of_rule on runs (workspace_id, pipeline_id, rule_id) where state = 'waiting';
create index runs_ended on runs (workspace_id, pipeline_id, ended_at) include (rule_id, state) where state in ('done', 'failed', 'uncertain');
create index runs_failed on runs (workspace_id, pipeline_id, rule_id, ended_at) where state = 'failed';
create index visits_by_trigger on visits (workspace_id, pipeline_id, entered_at) include (trigger_id) where trigger_id is not null;
