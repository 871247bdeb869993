import { type AuditEntry, auditKind, auditObject, auditVia } from '@signalbox/contract/audit.ts';
import { z } from 'zod';
import type { EntryRow } from './audit.store.ts';

const data = z.object({
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })).default([]),
});

export function presentEntry(row: EntryRow): AuditEntry {
  const on = auditObject.safeParse(row.object_kind);
  return {
    ...{ id: row.id, at: row.at.toISOString(), until: row.until_at.toISOString(), times: row.times },
    kind: auditKind.parse(row.kind),
    by: {
      via: auditVia.parse(row.via),
      person: personOf(row.by_id, row.by_name),
      name: row.via_name,
      seenBy: personOf(row.seen_by_id, row.seen_by_name),
      ...{ session: row.session, addresses: row.addresses },
    },
    on: on.success ? { kind: on.data, id: row.object_id ?? '', name: row.object_name ?? '' } : null,
    ...data.parse(row.data),
    rows: row.rows,
  };
}

function personOf(id: number | null, name: string | null): AuditEntry['by']['person'] {
  return id === null ? null : { id, name: name ?? '' };
}
