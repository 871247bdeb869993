import type { RightVerb } from '@signalbox/contract/people/rights.ts';
import type { Caller, Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { notFound } from '../platform/errors.ts';
import { missingRight } from '../platform/missing-right.ts';
import { isOf } from './reach.ts';
import { findReachedClient } from './reachable-clients.store.ts';

type Kind = 'contact' | 'company';

/** The only way to a contact or company that a person names: 404 for one they may not see, 403 for what they may not do to it. */
export async function accessClient(
  tx: Tx,
  { rights }: Pick<Caller, 'rights'>,
  client: { readonly kind: Kind; readonly id: number },
  verb: RightVerb,
): Promise<void> {
  const reached = await findReachedClient(tx, rights, { ...client, verb });
  if (reached?.read !== true) throw notFound(`${client.kind === 'contact' ? 'Contact' : 'Company'} ${client.id}`);
  if (verb !== 'read' && !reached.done) throw missingRight(`no-client-${verb}`);
}

/** Whether somebody may add a client for whom this person is responsible. */
export function checkNewClient(rights: Rights | undefined, responsibleId: number | null): void {
  if (rights !== undefined && !isOf(rights, responsibleId, rights.clients.add)) throw missingRight('no-client-add');
}

export function checkMayExportClients({ rights }: Pick<Caller, 'rights'>): void {
  if (rights.clients.export === 'none') throw missingRight('no-client-export');
}
