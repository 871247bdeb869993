import type { CellProblem } from '@signalbox/contract/imports.ts';
import { type Address, readAddresses } from '../../../crm/client-book/addresses.ts';
import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import { findByKeys, putKeys } from '../../../crm/csv/record-keys.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { type ClientKind, createClients } from './create-clients.store.ts';
import { columnOf, type RowInput, textOf, textsOf, type World } from './import-world.ts';
import { findByNames } from './known-records.store.ts';

export interface TiedClients {
  readonly contactId: number | null;
  readonly companyId: number | null;
  readonly notes: readonly CellProblem[];
}

interface Wanted {
  readonly key: string | null;
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly addresses: readonly Address[];
}

/** The contacts and companies that the rows name: by key, address, name; those that are named and not here are made. */
export async function tieClientsOfRows(tx: Tx, world: World, rows: readonly RowInput[]): Promise<TiedClients[]> {
  const companies = await tie(
    tx,
    world,
    'company',
    rows.map((row) => wantedOf(world, 'company', row)),
  );
  const contacts = await tie(
    tx,
    world,
    'contact',
    rows.map((row) => wantedOf(world, 'contact', row)),
  );
  return rows.map((row, index) => {
    const [contactId, companyId] = [contacts[index] ?? null, companies[index] ?? null];
    return {
      ...{ contactId, companyId },
      notes: [
        ...missing(world, row, { kind: 'contact', id: contactId }),
        ...missing(world, row, { kind: 'company', id: companyId }),
      ],
    };
  });
}

function wantedOf({ country }: World, kind: ClientKind, row: RowInput): Wanted {
  const addresses =
    kind === 'company'
      ? { emails: [], phones: [] }
      : readAddresses({ emails: textsOf(row, 'contact.email'), phones: textsOf(row, 'contact.phone') }, country);
  return {
    ...{ key: textOf(row, `${kind}.key`), name: textOf(row, `${kind}.name`) },
    ...{ firstName: textOf(row, `${kind}.firstName`), lastName: textOf(row, `${kind}.lastName`) },
    addresses: [...addresses.emails, ...addresses.phones],
  };
}

async function tie(tx: Tx, world: World, kind: ClientKind, wanted: readonly Wanted[]): Promise<(number | null)[]> {
  const known = await findKnown(tx, kind, wanted);
  const fresh = new Map<string, Wanted>();
  for (const one of wanted) {
    const [name] = namesOf(one);
    if (name !== undefined && canMake(one) && !namesOf(one).some((other) => known.has(other) || fresh.has(other)))
      fresh.set(name, one);
  }
  const ids = await createClients(tx, kind, {
    now: world.acting.now,
    clients: [...fresh.values()].map(({ name, firstName, lastName, addresses, key }) => ({
      name: (name ?? addresses[0]?.value ?? key ?? '').slice(0, 500),
      ...{ firstName, lastName },
      responsibleId: world.plan.responsibleId,
      fields: {},
      addresses,
    })),
  });
  const keys = new Map<string, number>();
  for (const [index, one] of [...fresh.values()].entries()) {
    const id = ids[index];
    if (id === undefined) continue;
    for (const name of namesOf(one)) known.set(name, id);
    if (one.key !== null) keys.set(one.key, id);
  }
  await putKeys(tx, kind, keys);
  return wanted.map(
    (one) =>
      namesOf(one)
        .map((name) => known.get(name))
        .find((id) => id !== undefined) ?? null,
  );
}

// What tells a client apart, the surest first; a name only where nothing better is given.
function namesOf({ key, name, addresses }: Wanted): string[] {
  const sure = [...(key === null ? [] : [`key ${key}`]), ...addresses.map(({ normal }) => `address ${normal}`)];
  return sure.length > 0 || name === null ? sure : [`name ${name.toLowerCase()}`];
}

// A key alone says nothing about somebody.
function canMake({ name, addresses }: Wanted): boolean {
  return name !== null || addresses.length > 0;
}

async function findKnown(tx: Tx, kind: ClientKind, wanted: readonly Wanted[]): Promise<Map<string, number>> {
  const known = new Map<string, number>();
  const byKey = await findByKeys(
    tx,
    kind,
    wanted.flatMap(({ key }) => (key === null ? [] : [key])),
  );
  for (const [key, id] of byKey) known.set(`key ${key}`, id);
  const byAddress = await findClients(
    tx,
    wanted.flatMap(({ addresses }) => addresses.map(({ normal }) => normal)),
  );
  for (const [normal, found] of byAddress) {
    const first = found.find((one) => one.kind === kind);
    if (first !== undefined) known.set(`address ${normal}`, first.id);
  }
  const names = wanted.filter((one) => namesOf(one)[0]?.startsWith('name ')).flatMap(({ name }) => name ?? []);
  for (const [name, id] of await findByNames(tx, kind, names)) known.set(`name ${name}`, id);
  return known;
}

function missing(world: World, row: RowInput, { kind, id }: { kind: ClientKind; id: number | null }): CellProblem[] {
  const key = textOf(row, `${kind}.key`);
  if (id !== null || key === null) return [];
  return [{ column: columnOf(world, `${kind}.key`), code: `unknown-${kind}`, text: key }];
}
