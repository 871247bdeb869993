-- Why a run or a delivery came to nothing, as a code with its parameters, so that everybody reads it in their own language.
-- The English words stay in `error`; rows from before have them alone.
alter table runs add reason jsonb;
alter table outbox add reason jsonb;
