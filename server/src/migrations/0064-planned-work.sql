-- All that waits, by its moment: over everything, and of one rule. What is due at entry waits for nothing and is in neither.
alter table runs add column moved_by bigint; -- who gave it another moment by hand: nothing else moves it any more
create index runs_planned on runs (workspace_id, due_at, id) where state = 'waiting' and waiting_for is not null;
create index runs_planned_of_rule on runs (workspace_id, pipeline_id, rule_id, due_at, id) where state = 'waiting' and waiting_for is not null;
create index tasks_reminders on tasks (workspace_id, remind_at, id) where remind_at is not null;
create index tasks_repeats on tasks (workspace_id, repeat_at, id) where repeat_at is not null;
create index outbox_planned on outbox (workspace_id, next_at, id) where state = 'queued';
