import type { RightVerb } from '@signalbox/contract/people/rights.ts';
import type { Caller } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { notFound } from '../platform/errors.ts';
import { missingRight } from '../platform/missing-right.ts';
import { findOwned } from './owned-items.store.ts';
import { reachesItem } from './reach.ts';

interface Letter {
  readonly id: number;
  readonly item_id: number | null;
}

/** An e-mail is seen by who may see its item and by who sees all mail; it is changed by who may change its item. 404 else. */
export async function accessEmail<L extends Letter>(
  tx: Tx,
  { rights }: Pick<Caller, 'rights'>,
  { id, letter }: { readonly id: number; readonly letter: L | undefined },
  verb: RightVerb,
): Promise<L> {
  if (letter === undefined) throw notFound(`E-mail ${id}`);
  const item = letter.item_id === null ? undefined : await findOwned(tx, letter.item_id);
  const sees = rights.areas.mail || (item !== undefined && reachesItem(rights, item, 'read'));
  if (!sees) throw notFound(`E-mail ${id}`);
  if (verb !== 'read' && item !== undefined && !reachesItem(rights, item, verb)) throw missingRight('no-item-change');
  return letter;
}
