import { listReadableClients } from '../../access/reachable-clients.store.ts';
import { readAddresses } from '../../crm/client-book/addresses.ts';
import { loadCountry } from '../../crm/client-book/country.ts';
import { findClients } from '../../crm/client-book/find-clients.store.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';

interface Addresses {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/** The contact who has one of these addresses already, the oldest one (semantics.md 2.3) that may be seen: who may not be is not there. */
export async function findKnownContact(tx: Tx, given: Addresses, rights: Rights | undefined): Promise<number | null> {
  const { emails, phones } = readAddresses(given, await loadCountry(tx));
  const normals = [...emails, ...phones].map(({ normal }) => normal);
  const found = [...(await findClients(tx, normals)).values()].flat();
  const ids = found.filter(({ kind }) => kind === 'contact').map(({ id }) => id);
  const seen = rights === undefined ? new Set(ids) : await listReadableClients(tx, rights, { kind: 'contact', ids });
  return ids.find((id) => seen.has(id)) ?? null;
}
