-- What of a letter is the writer's own: its words without what is quoted (null: all of it), and how much of its HTML comes before
-- the quotation (null: all). Letters of before are new as a whole.
alter table emails add column new_text text, add column new_html_length int;
