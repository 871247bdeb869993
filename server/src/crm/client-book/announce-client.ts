import type { Tx } from '../../platform/db.ts';
import { announce } from '../../platform/realtime.ts';
import type { ClientKind } from './clients.store.ts';

/** Contacts and companies are numbered apart: a topic each. */
export function announceClient(
  tx: Tx,
  client: { readonly kind: ClientKind; readonly id: number },
  happened: 'created' | 'changed',
): void {
  if (client.kind === 'contact') announce(tx, { topic: 'contacts', kind: happened, contact: client.id });
  else announce(tx, { topic: 'companies', kind: happened, company: client.id });
}
