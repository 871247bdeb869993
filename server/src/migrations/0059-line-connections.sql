-- Since when the process that follows a line is logged in to its exchange; null while it is not.
alter table line_leases add column connected_at timestamptz;
