-- What a key may do, and until when.
alter table api_keys add scope text not null default 'all' check (scope in ('all', 'read')), add expires_at timestamptz;
