import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { announceClient } from '../../crm/client-book/announce-client.ts';
import { type FoundClient, insertFoundContact } from '../../crm/client-book/find-clients.store.ts';
import { findStandIn } from '../../people/stand-in.store.ts';
import type { Tx } from '../../platform/db.ts';
import { createItem } from '../moves/create-item.ts';
import type { WaitingSignal } from './signal-queue.store.ts';
import type { ClientBook } from './tie-clients.ts';
import type { TieSettings } from './tie-settings.ts';
import type { World } from './world.ts';

/** What became of a client nobody knew, or one without an item that qualifies. */
export type Unknown = { readonly itemId: number } | { readonly ignored: string };

/** The channel's setting "unknown client" decides; never for bounces, auto-replies, spam or mail of ours (semantics.md 2.4, 9.2). */
export async function makeForUnknown(
  tx: Tx,
  world: World,
  asked: { signal: WaitingSignal; book: ClientBook; settings: TieSettings },
): Promise<Unknown> {
  const { signal, book, settings } = asked;
  const { client } = signal;
  const machine = machineMail.find((flag) => isRecord(signal.facts.payload) && signal.facts.payload[flag] === true);
  if (machine !== undefined) return { ignored: machine };
  if (isRecord(signal.facts.payload) && signal.facts.payload.followsStart === true)
    return { ignored: 'decided when it began' };
  if (settings.unknownClient === 'ignore' || client === null) return { ignored: 'unknown client' };
  const type = settings.unknownClient === 'create lead' ? 'lead' : 'deal';
  if (![...world.reference.pipelines.values()].some((pipeline) => pipeline.type === type))
    return { ignored: `there is no pipeline for the type ${type}` };

  const responsibleId = await responsibleFor(tx, world, settings);
  const found = book.clientsOf(client)[0] ?? (await makeContact(tx, { signal, book, responsibleId }));
  if (found === null) return { ignored: 'nothing is known of the client' };
  book.learn(client, found);
  const acting = { workspaceId: 0, byId: null, signalId: signal.facts.id, chain: signal.facts.chain, now: world.now };
  const tied = found.kind === 'contact' ? { contactId: found.id, companyId: found.companyId } : { companyId: found.id };
  const { id } = await createItem(tx, acting, { type, title: titleOf(signal, book), responsibleId, ...tied });
  return { itemId: id };
}

const machineMail = ['bounce', 'autoReply', 'spam', 'flood', 'ours'];

async function makeContact(
  tx: Tx,
  { signal, book, responsibleId }: { signal: WaitingSignal; book: ClientBook; responsibleId: number | null },
): Promise<FoundClient | null> {
  const { client } = signal;
  const value = client?.email ?? client?.phone;
  if (client === null || value === undefined) return null;
  const kind = client.email === undefined ? 'phone' : 'email';
  const known = { value, normal: book.keyOf(client), responsibleId };
  const id = await insertFoundContact(tx, { name: nameOf(signal, book), kind, ...known });
  announceClient(tx, { kind: 'contact', id }, 'created');
  return { kind: 'contact', id, companyId: null };
}

function nameOf({ client, facts }: WaitingSignal, book: ClientBook): string {
  const said = textsOf(facts.payload, ['fromName', 'name']);
  return client?.name ?? said[0] ?? (client === null ? '' : book.keyOf(client));
}

function titleOf(signal: WaitingSignal, book: ClientBook): string {
  return textsOf(signal.facts.payload, ['subject', 'title'])[0] ?? nameOf(signal, book);
}

function textsOf(payload: unknown, names: readonly string[]): string[] {
  if (!isRecord(payload)) return [];
  return names.flatMap((name) => {
    const value = payload[name];
    return typeof value === 'string' && value.trim() !== '' ? [value.trim().slice(0, 300)] : [];
  });
}

// What comes for somebody who has left goes to their head, until somebody takes it over.
async function responsibleFor(
  tx: Tx,
  { reference: { people } }: World,
  { responsibleId }: TieSettings,
): Promise<number | null> {
  const present = [...people.values()].filter(({ presence }) => presence !== undefined).map(({ id }) => id);
  if (responsibleId === null) return present.toSorted((a, b) => a - b)[0] ?? null;
  if (present.includes(responsibleId)) return responsibleId;
  return (await findStandIn(tx, responsibleId))?.id ?? null;
}
