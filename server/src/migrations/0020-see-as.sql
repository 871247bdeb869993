-- Whoever manages people may look at the product through somebody else's eyes: whose, and until when, stands with the session, and so ends
-- with it. An employee of the workspace in which the account works; anybody else's id says nothing.
alter table auth_sessions add "seesAs" bigint, add "seesUntil" timestamptz, add check (("seesAs" is null) = ("seesUntil" is null));
