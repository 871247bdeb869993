-- Wrong passwords, by account, by device that has signed in before, and by network: over all processes, and after a restart too.
-- Keys are hashes: what strangers typed as an address is not kept.
create table sign_in_guesses (key bytea primary key, failures int not null, last_at timestamptz not null);
create index on sign_in_guesses (last_at);
grant select, insert, update, delete on sign_in_guesses to signalbox_system;
