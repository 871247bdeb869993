-- Whom an answer goes to; null: the writer. And why `from_*` is the one who wrote it, with the From of the message where that is another.
alter table emails add column reply_to text, add column writer jsonb;
