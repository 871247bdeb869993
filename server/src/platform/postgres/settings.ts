// Chosen for one busy small machine: short transactions by the thousand, written in batches.
export const settings: Record<string, string> = {
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '4GB',
  wal_compression: 'on',
  work_mem: '8MB',
  random_page_cost: '1.1',
  jit: 'off',
  // Whoever saves two items in the wrong order is tried again; nobody should wait a second for that.
  deadlock_timeout: '200ms',
  // Tables grow by thousands of rows in seconds; plans from stale statistics cost more than analysing often.
  autovacuum_naptime: '15s',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export const durableSettings: Record<string, string> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
};

export const fastSettings: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
};
