-- A key that does everything but open /rest, whose addresses hold their secret.
alter table api_keys drop constraint api_keys_scope_check, add constraint api_keys_scope_check check (scope in ('all', 'api', 'read'));
