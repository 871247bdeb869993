-- Further e-mail addresses by which an employee is known (semantics.md 9.2); lower case.
alter table employees add column addresses text[] not null default '{}';
create index employees_addresses on employees using gin (addresses);
-- The client's letter that a colleague's mail passes on, and whether somebody has said whose it is.
alter table emails add column forwarded jsonb;
create index emails_forwarded on emails (workspace_id, id) where forwarded is not null;
