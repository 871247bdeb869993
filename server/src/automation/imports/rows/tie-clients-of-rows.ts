import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import type { CellProblem } from '@signalbox/contract/imports.ts';
import { type Address, readAddresses } from '../../../crm/client-book/addresses.ts';
import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import { findByKeys, putKeys } from '../../../crm/csv/record-keys.store.ts';
import { eachInTurn } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import { type ClientKind, createClients } from './create-clients.store.ts';
import type { CurrentRecord, KnownClient } from './current-records.ts';
import { columnOf, type RowInput, textOf, textsOf, type World } from './import-world.ts';
import { findByNames } from './known-records.store.ts';
import { firstKnown } from './match-clients.ts';

export interface TiedClients {
  readonly contactId: number | null;
  readonly companyId: number | null;
  readonly notes: readonly CellProblem[];
  /** How the row calls those whom it names. */
  readonly said: { readonly contact?: string; readonly company?: string };
}

interface Naming {
  readonly given: RowInput;
  /** What is there already: whom the row describes stays, though others may be like that too. */
  readonly current?: Pick<CurrentRecord, 'contact' | 'company'> | undefined;
}

interface Wanted {
  readonly key: string | null;
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly addresses: readonly Address[];
}

/** The contacts and companies that the rows name: by key, address, name; those that are named and not here are made. */
export async function tieClientsOfRows(
  tx: Tx,
  world: World,
  rows: readonly Naming[],
  { isDry = false } = {},
): Promise<TiedClients[]> {
  const wantedCompanies = await eachInTurn(rows, (row) => wantedOf(world, 'company', row));
  const wantedContacts = await eachInTurn(rows, (row) => wantedOf(world, 'contact', row));
  const companies = await tie(tx, world, { kind: 'company', wanted: wantedCompanies, isDry });
  const contacts = await tie(tx, world, { kind: 'contact', wanted: wantedContacts, isDry });
  return rows.map((_, index) => {
    const [contactId, companyId] = [contacts[index] ?? null, companies[index] ?? null];
    return {
      ...{ contactId, companyId },
      said: { ...saidOf('contact', wantedContacts[index]), ...saidOf('company', wantedCompanies[index]) },
      notes: [
        ...missing(world, { kind: 'contact', id: contactId, key: wantedContacts[index]?.key }),
        ...missing(world, { kind: 'company', id: companyId, key: wantedCompanies[index]?.key }),
      ],
    };
  });
}

function saidOf(kind: ClientKind, wanted: Wanted | undefined): TiedClients['said'] {
  const text = wanted?.name ?? wanted?.addresses[0]?.value ?? wanted?.key;
  return text === undefined || text === null ? {} : { [kind]: text };
}

const nobody = { key: null, name: null, firstName: null, lastName: null, addresses: [] };

function wantedOf(world: World, kind: ClientKind, { given, current }: Naming): Wanted {
  const wanted = namedBy(world, kind, given);
  const there = current?.[kind];
  return there !== undefined && isThere(wanted, there) ? nobody : wanted;
}

function isThere({ key, name, addresses }: Wanted, there: KnownClient): boolean {
  if (key !== null) return key === there.key;
  if (addresses.length > 0) return addresses.some(({ normal }) => there.normals.includes(normal));
  return name === null || foldedText(name) === foldedText(there.name);
}

function namedBy({ country }: World, kind: ClientKind, row: RowInput): Wanted {
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

interface Tying {
  readonly kind: ClientKind;
  readonly wanted: readonly Wanted[];
  /** Nobody is made. */
  readonly isDry: boolean;
}

async function tie(tx: Tx, world: World, { kind, wanted, isDry }: Tying): Promise<(number | null)[]> {
  const known = await findKnown(tx, kind, wanted);
  if (!isDry) await makeMissing(tx, world, { kind, wanted, known });
  return eachInTurn(wanted, (one) => firstKnown(namesOf(one), known) ?? null);
}

interface Making {
  readonly kind: ClientKind;
  readonly wanted: readonly Wanted[];
  /** Those that are made are added. */
  readonly known: Map<string, number>;
}

async function makeMissing(tx: Tx, world: World, { kind, wanted, known }: Making): Promise<void> {
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
}

// What tells a client apart, the surest first; a name only where nothing better is given.
function namesOf({ key, name, addresses }: Wanted): string[] {
  const sure = [...(key === null ? [] : [`key ${key}`]), ...addresses.map(({ normal }) => `address ${normal}`)];
  return sure.length > 0 || name === null ? sure : [`name ${foldedText(name)}`];
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

interface Tied {
  readonly kind: ClientKind;
  readonly id: number | null;
  readonly key: string | null | undefined;
}

function missing(world: World, { kind, id, key }: Tied): CellProblem[] {
  if (id !== null || key === null || key === undefined) return [];
  return [{ column: columnOf(world, `${kind}.key`), code: `unknown-${kind}`, text: key }];
}
