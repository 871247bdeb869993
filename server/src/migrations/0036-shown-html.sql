-- What is shown of a message's HTML, made harmless once: the whole, and what is new in it; each as pieces and, between them, the addresses of images. Null: not yet
-- done; empty: it cannot be done, and the text is shown. As JSON.
alter table emails add column shown_html json;
