import { standardTypes } from '@signalbox/contract/common.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { listSmartProcesses, lockSmartProcess } from './item-types.store.ts';

/** 422 at `path`, with the types that there are, unless the workspace has this one. */
export async function checkItemType(tx: Tx, type: string | undefined, path = 'type'): Promise<void> {
  if (type === undefined || standardTypes.includes(type)) return;
  const known = await listTypeCodes(tx);
  if (!known.includes(type)) throw invalidAt(path, 'unknown-type', unknown(type, known));
}

/** 404 with the types that there are. */
export async function checkTypeInAddress(tx: Tx, type: string): Promise<void> {
  const known = await listTypeCodes(tx);
  if (!known.includes(type))
    throw new UserError({ status: 404, code: 'not_found', title: 'Not found', detail: unknown(type, known) });
}

/** Throws as `checkItemType` does; what will belong to the type may count on it: it is not deleted before the transaction ends. */
export async function holdItemType(tx: Tx, type: string, path = 'type'): Promise<void> {
  if (standardTypes.includes(type) || (await lockSmartProcess(tx, type, 'key share'))) return;
  await checkItemType(tx, type, path);
}

const clientKinds: readonly string[] = ['contact', 'company'];

/** An item type, or a kind of client. */
export async function checkOwner(tx: Tx, owner: string | undefined, path = 'type'): Promise<void> {
  if (owner !== undefined && !clientKinds.includes(owner)) await checkItemType(tx, owner, path);
}

/** The same, for what will belong to it. */
export async function holdOwner(tx: Tx, owner: string, path = 'type'): Promise<void> {
  if (!clientKinds.includes(owner)) await holdItemType(tx, owner, path);
}

/** The codes of all types of item: the standard ones, then the smart processes. */
export async function listTypeCodes(tx: Tx): Promise<string[]> {
  return [...standardTypes, ...(await listSmartProcesses(tx)).map(({ code }) => code)];
}

const unknown = (type: string, known: readonly string[]) =>
  `There is no item type ${type}; there is ${known.join(', ')}`;
