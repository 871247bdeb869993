-- A click that may be a scanner's waits for what the same visitor does next; null: it waits for nothing.
alter table email_events add column held_until timestamptz;
create index email_events_held on email_events (held_until) where held_until is not null;
