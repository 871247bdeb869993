import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { isTargetKind, loadKnownTargets, type Target } from '../../../crm/fields/check-targets.ts';
import { createBreather } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import type { SourceRow } from '../job/imports.store.ts';
import { withClientApart } from './client-of-row.ts';
import { type RowInput, readRowInput, type World } from './import-world.ts';
import { roomForRow } from './room-for-row.ts';

/** The rows as values; a client, an item or a file that is not here is left out and told, like any bad cell. */
export async function readRows(tx: Tx, world: World, rows: readonly SourceRow[]): Promise<RowInput[]> {
  const breathe = createBreather();
  const given: RowInput[] = [];
  for (const row of rows) {
    given.push(withClientApart(world.columns, roomForRow(world, readRowInput(world, row))));
    await breathe();
  }
  const columns = world.columns.flatMap(({ column, to, spec: { kind } }) =>
    isTargetKind(kind) ? [{ column, to, kind }] : [],
  );
  if (columns.length === 0) return given;

  const targetsOf = (one: RowInput, { to, kind }: (typeof columns)[number]): Target[] =>
    listOf(one.values[to]).map((value) => ({ kind, value }));
  const isKnown = await loadKnownTargets(
    tx,
    given.flatMap((one) => columns.flatMap((column) => targetsOf(one, column))),
    world.acting.rights,
  );
  return given.map((one) => {
    const lacking = columns.flatMap((column) => {
      const missing = targetsOf(one, column).filter((target) => !isKnown(target));
      const [first] = missing;
      return first === undefined ? [] : [{ ...column, text: String(first.value) }];
    });
    return {
      ...one,
      values: { ...one.values, ...Object.fromEntries(lacking.map(({ to }) => [to, null])) },
      problems: [
        ...one.problems,
        ...lacking.map(({ column, kind, text }) => ({ column, code: `unknown-${kind}`, text })),
      ],
    };
  });
}

function listOf(value: FieldValue | undefined): FieldValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? [...value] : [value];
}
