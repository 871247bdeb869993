-- What a run left behind, by which it is taken back, and when and by whom it was.
alter table runs add did jsonb, add undone_at timestamptz, add undone_by bigint;
-- The run that was taken back by a change.
alter table history add undoes_run bigint;
