import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { type CountryCode, normalPhone } from '@signalbox/automation/kit/values/phones.ts';
import { sql } from 'kysely';
import { listEveryChannel, type StoredChannel } from '../../connections/channels.store.ts';
import { clientKey } from '../../crm/client-book/client-facts.store.ts';
import { loadCountry } from '../../crm/client-book/country.ts';
import { type FoundClient, findClients, findClientsById } from '../../crm/client-book/find-clients.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import type { SignalClient } from '../../signals/record-signals.ts';
import type { WaitingSignal } from './signal-queue.store.ts';
import type { TieSettings } from './tie-settings.ts';
import type { Standing, World } from './world.ts';

/** Whom the client-tied signals of a batch mean, and which items may be reached. */
export interface ClientBook {
  readonly channels: readonly StoredChannel[];
  readonly candidateIds: readonly number[];
  /** The address of the client in its normal form, or its id (semantics.md 2.3). */
  keyOf(client: SignalClient): string;
  clientsOf(client: SignalClient): readonly FoundClient[];
  learn(client: SignalClient, found: FoundClient): void;
}

/** Four statements for any number of signals; none when every signal names its items. */
export async function loadClientBook(tx: Tx, signals: readonly WaitingSignal[]): Promise<ClientBook> {
  const asked = signals.flatMap(({ itemIds, client }) => (itemIds === null && client !== null ? [client] : []));
  const country = asked.some(({ phone }) => phone !== undefined) ? await loadCountry(tx) : undefined;
  const known = new Map<string, readonly FoundClient[]>();
  const keyOf = (client: SignalClient) => keyIn(country, client);
  const book = {
    keyOf,
    clientsOf: (client: SignalClient) => known.get(keyOf(client)) ?? [],
    learn: (client: SignalClient, found: FoundClient) => void known.set(keyOf(client), [found]),
  };
  if (asked.length === 0) return { ...book, channels: [], candidateIds: [] };

  for (const [normal, clients] of await findClients(
    tx,
    asked.flatMap((client) => (client.id === undefined ? [keyOf(client)] : [])),
  ))
    known.set(normal, clients);
  const named = asked.flatMap(({ id, kind }) => (id === undefined ? [] : [{ id, kind: kind ?? ('contact' as const) }]));
  for (const found of await findClientsById(tx, named)) known.set(`${found.kind} ${found.id}`, [found]);
  return {
    ...book,
    channels: await listEveryChannel(tx),
    candidateIds: await findCandidates(tx, [...known.values()].flat()),
  };
}

function keyIn(country: CountryCode | undefined, { id, kind, email, phone }: SignalClient): string {
  if (id !== undefined) return `${kind ?? 'contact'} ${id}`;
  return email === undefined ? normalPhone(phone ?? '', country) : normalEmail(email);
}

export interface Chosen {
  readonly items: readonly Standing[];
  /** The client's closed items, which the channel's switch leaves out (semantics.md 2.2). */
  readonly closed: readonly Standing[];
}

/** Of the client's items as they stand now, those that the channel's setting chooses (semantics.md 2.2). */
export function chooseItems(
  world: World,
  clients: readonly FoundClient[],
  { tie, closedItemsToo }: TieSettings,
): Chosen {
  const ranked = rank(world, clients);
  const open = ranked.filter((standing) => isOpen(world, standing));
  const closed = ranked.filter((standing) => !isOpen(world, standing));
  const candidates = closedItemsToo ? [...open, ...closed] : open;
  const items = tie === 'latest' ? candidates.slice(0, 1) : candidates;
  const isAnotherChosen = tie === 'latest' && items.length > 0;
  return { items, closed: closedItemsToo || isAnotherChosen ? [] : closed };
}

/** Company items before contact items, then the most recently modified. */
function rank(world: World, clients: readonly FoundClient[]): Standing[] {
  const keys = clients.flatMap(({ kind, id, companyId }) => [
    clientKey(kind, id),
    ...(companyId === null ? [] : [clientKey('company', companyId)]),
  ]);
  const ids = new Set(keys.flatMap((key) => world.itemsOf.get(key) ?? []));
  const standings = [...ids].flatMap((id) => world.items.get(id) ?? []);
  const ofCompany = standings.filter((standing) => clients.some((client) => isCompanyItem(standing, client)));
  const ofContact = standings.filter(
    (standing) => !ofCompany.includes(standing) && clients.some((client) => isContactItem(standing, client)),
  );
  return [...ofCompany.sort(byLatest), ...ofContact.sort(byLatest)];
}

function isContactItem({ row }: Standing, client: FoundClient): boolean {
  return client.kind === 'contact' && row.contactId === client.id;
}

// A colleague's items of the same company are not this contact's.
function isCompanyItem({ row }: Standing, client: FoundClient): boolean {
  if (row.companyId === null) return false;
  if (client.kind === 'company') return row.companyId === client.id;
  return row.companyId === client.companyId && (row.contactId === null || row.contactId === client.id);
}

function byLatest(a: Standing, b: Standing): number {
  return b.touchedAt - a.touchedAt || b.row.id - a.row.id;
}

function isOpen({ reference }: World, { facts }: Standing): boolean {
  return reference.stages.get(facts.stageId)?.kind === 'open';
}

/** Closed items beyond this many say nothing new. */
const CLOSED_LOOKED_AT = 20;

async function findCandidates(tx: Tx, clients: readonly FoundClient[]): Promise<number[]> {
  const contacts = clients.filter(({ kind }) => kind === 'contact').map(({ id }) => id);
  const companies = clients.flatMap(({ kind, id, companyId }) => (kind === 'company' ? id : (companyId ?? [])));
  if (contacts.length + companies.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select id from (
      select i.id, s.kind = 'open' as is_open, row_number() over (partition by i.company_id, i.contact_id, s.kind = 'open' order by i.updated_at desc) as place
      from items i join stages s on s.workspace_id = i.workspace_id and s.id = i.stage_id
      where i.workspace_id = ${workspaceOf(tx)}
        and (i.contact_id = any(${arrays.numbers(contacts)}::bigint[]) or i.company_id = any(${arrays.numbers(companies)}::bigint[]))
    ) candidates where is_open or place <= ${CLOSED_LOOKED_AT}::int`.execute(tx);
  return rows.map(({ id }) => id);
}
