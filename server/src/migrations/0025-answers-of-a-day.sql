-- What was answered to an Idempotency-Key ends after a day; found by its age.
create index on idempotency_keys (created_at);
