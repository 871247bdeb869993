import { grantsOf, type RightVerb } from '@signalbox/contract/people/rights.ts';
import type { Caller, Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { notFound } from '../platform/errors.ts';
import { missingRight } from '../platform/missing-right.ts';
import { findOwned, listOwned, type OwnedItem } from './owned-items.store.ts';
import { type Owned, reachesItem } from './reach.ts';

type Person = Pick<Caller, 'rights'>;

/**
 * The only way to an item that a person names: 404 for one they may not see, as for another workspace's; 403 with the
 * missing right's code for one they may see and not do this to (docs/rights.md).
 */
export async function accessItem(tx: Tx, { rights }: Person, id: number, verb: RightVerb): Promise<OwnedItem> {
  const item = await findOwned(tx, id);
  if (item === undefined) throw notFound(`Item ${id}`);
  checkItem(rights, item, verb);
  return item;
}

/** The same for one that has been read already, under its lock perhaps. */
export function checkItem(rights: Rights | undefined, item: Owned & { readonly id: number }, verb: RightVerb): void {
  // Automation acts as its person, but sees what the workspace sees (semantics.md 4).
  if (rights === undefined) return;
  if (!reachesItem(rights, item, 'read')) throw notFound(`Item ${item.id}`);
  if (verb !== 'read' && !reachesItem(rights, item, verb)) throw missingRight(`no-item-${verb}`);
}

/** Whether somebody may put such an item there; the one who adds is responsible unless another is named. */
export function checkNewItem(rights: Rights | undefined, item: Owned): void {
  if (rights !== undefined && !reachesItem(rights, item, 'add')) throw missingRight('no-item-add');
}

/** Those of the items that a person may see. */
export async function readableIds(tx: Tx, { rights }: Person, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const found = await listOwned(tx, ids);
  return new Set(found.filter((item) => reachesItem(rights, item, 'read')).map(({ id }) => id));
}

/** Whether anything at all may be exported; which items come into the file, the rows of the matrix say one by one. */
export function checkMayExport({ rights }: Person, type: string | undefined): void {
  const { all, types, pipelines } = rights.items;
  const rows = [
    type === undefined ? Object.values(types) : [],
    grantsOf(rights.items, { type: type ?? '' }),
    all,
    Object.values(pipelines),
  ];
  if (rows.flat().every((row) => row.export === 'none')) throw missingRight('no-item-export');
}
