import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Rights } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import { holdsText, likeText } from '../../client-book/clients.store.ts';
import { type Few, findFew, findFewClients, oftenTrue, SHORTEST } from './find-few.store.ts';
import { findTitleZones, type TitleZones } from './title-zones.store.ts';

export interface TextFound {
  /** The title, the id, or the client's name, e-mail address or phone number contains the text. */
  readonly where: RawBuilder<unknown>;
  /** No other items can fit, if they are few. */
  readonly ids: readonly number[] | undefined;
  /** In the order of titles: where else than among `fresh` they can stand. */
  readonly zones?: TitleZones | undefined;
}

/** `byTitle`: the list is sorted by the title; `rights`: who searches. */
export interface Searching {
  readonly byTitle?: boolean;
  readonly rights?: Rights | undefined;
}

/** What a text that somebody searches for means. Whoever reads no clients finds by their names alone, as shown on items. */
export async function findText(
  tx: Tx,
  given: string,
  { byTitle = false, rights }: Searching = {},
): Promise<TextFound | undefined> {
  const text = foldedText(given);
  if (text === '') return undefined;
  const digits = text.replace(/\D/g, '');
  const ascii = normalEmail(text);
  const likes = [text, ...(ascii === text ? [] : [ascii]), ...(digits.length >= 4 ? [digits] : [])].map(likeText);
  const here = workspaceOf(tx);
  const byNameAlone = rights?.clients.read === 'none';
  const isLong = text.length >= SHORTEST && !byNameAlone;
  const contacts = isLong ? await findFewClients(tx, 'contact', likes) : undefined;
  const companies = isLong ? await findFewClients(tx, 'company', likes) : undefined;
  const beside = contacts && companies && besideTitle(text, contacts, companies);
  const ids = beside && (await findFew(tx, { any: [{ like: likeText(text) }, ...beside] }));
  const where = sql`(${ofItem(text)} or ${contacts ? among(sql`i.contact_id`, contacts) : ofClient(here, 'contact', { text, likes, byNameAlone })}
    or ${companies ? among(sql`i.company_id`, companies) : ofClient(here, 'company', { text, likes, byNameAlone })})`;
  if (ids !== undefined) return { ids, where: sql`(${among(sql`i.id`, ids)} and ${where})` };
  if (!byTitle) return { ids, where: oftenTrue(where) };
  const zones = beside && (await findZones(tx, text, beside));
  // Those that fit may all stand at the end of the order and are sorted: their number is better estimated than assumed.
  return zones === undefined ? { ids, where } : { ids, zones, where: oftenTrue(where) };
}

async function findZones(tx: Tx, text: string, beside: readonly Few[]): Promise<TitleZones | undefined> {
  const others = await findFew(tx, { any: beside });
  const zones = others && (await findTitleZones(tx, text));
  return zones && { ...zones, fresh: [...zones.fresh, ...others] };
}

/** What fits by something else than its title. */
function besideTitle(text: string, contacts: readonly number[], companies: readonly number[]): Few[] {
  const id = idIn(text);
  return [
    ...(id === undefined ? [] : [{ items: sql`i.id = ${id}` }]),
    ...(contacts.length === 0 ? [] : [{ items: among(sql`i.contact_id`, contacts) }]),
    ...(companies.length === 0 ? [] : [{ items: among(sql`i.company_id`, companies) }]),
  ];
}

function ofItem(text: string): RawBuilder<unknown> {
  const id = idIn(text);
  return sql`${holdsText(sql`i.title`, likeText(text))}${id === undefined ? sql`` : sql` or i.id = ${id}`}`;
}

function idIn(text: string): number | undefined {
  const digits = /^#?(\d{1,15})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function among(column: RawBuilder<unknown>, ids: readonly number[]): RawBuilder<unknown> {
  return sql`${column} = any(${`{${ids.join(',')}}`}::bigint[])`;
}

// Names the workspace itself, not the item's: so it is asked once, and not for every item.
function ofClient(
  here: number,
  kind: 'contact' | 'company',
  {
    text,
    likes,
    byNameAlone,
  }: { readonly text: string; readonly likes: readonly string[]; readonly byNameAlone: boolean },
): RawBuilder<unknown> {
  const table = kind === 'contact' ? sql`contacts` : sql`companies`;
  const column = kind === 'contact' ? sql`i.contact_id` : sql`i.company_id`;
  const named = sql`select c.id from ${table} c where c.workspace_id = ${here} and ${holdsText(sql`c.name`, likeText(text))}`;
  if (byNameAlone) return sql`${column} in (${named})`;
  return sql`${column} in (${named} union all select a.client_id from client_addresses a
      where a.workspace_id = ${here} and a.client_kind = ${kind} and a.normal ilike any(${[...likes]}::text[]))`;
}
