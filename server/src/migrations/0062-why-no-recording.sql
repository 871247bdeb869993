-- Why a recording was not fetched, by a code with what its sentence names; `error` stays its English words.
alter table call_recordings add column reason jsonb;
