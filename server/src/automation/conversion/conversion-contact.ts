import { readAddresses } from '../../crm/client-book/addresses.ts';
import { loadCountry } from '../../crm/client-book/country.ts';
import { findClients } from '../../crm/client-book/find-clients.store.ts';
import type { Tx } from '../../platform/db.ts';

interface Addresses {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/** The contact who has one of these addresses already, the oldest one (semantics.md 2.3). */
export async function findKnownContact(tx: Tx, given: Addresses): Promise<number | null> {
  const { emails, phones } = readAddresses(given, await loadCountry(tx));
  const normals = [...emails, ...phones].map(({ normal }) => normal);
  const found = [...(await findClients(tx, normals)).values()].flat();
  return found.find(({ kind }) => kind === 'contact')?.id ?? null;
}
