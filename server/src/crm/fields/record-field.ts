import { differences } from '../../audit/differences.ts';
import { record } from '../../audit/record.ts';
import type { Tx } from '../../platform/db.ts';
import type { FieldRow } from './fields.store.ts';

interface Both {
  readonly before: FieldRow | null;
  readonly after: FieldRow | null;
}

export async function recordField(
  tx: Tx,
  kind: 'field-made' | 'field-changed' | 'field-deleted',
  { before, after }: Both,
): Promise<void> {
  const one = before ?? after;
  if (one === null) return;
  await record(tx, {
    ...{ kind, on: { kind: 'field', id: `${one.type}.${one.code}`, name: one.name }, params: { type: one.type } },
    changes: differences(before && told(before), after && told(after)),
  });
}

function told({ id: _, ...field }: FieldRow): object {
  return field;
}
