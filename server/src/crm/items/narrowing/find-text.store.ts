import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { likeText } from '../../client-book/clients.store.ts';
import { type Few, findFew, findFewClients, oftenTrue, SHORTEST } from './find-few.store.ts';

export interface TextFound {
  /** The title, the id, or the client's name, e-mail address or phone number contains the text. */
  readonly where: RawBuilder<unknown>;
  /** No other items can fit, if they are few. */
  readonly ids: readonly number[] | undefined;
}

/** What a text that somebody searches for means; `byTitle`: the list is sorted by the title. */
export async function findText(
  tx: Tx,
  given: string,
  { byTitle = false }: { readonly byTitle?: boolean } = {},
): Promise<TextFound | undefined> {
  const text = given.trim();
  if (text === '') return undefined;
  const digits = text.replace(/\D/g, '');
  const likes = [likeText(text), ...(digits.length >= 4 ? [likeText(digits)] : [])];
  const here = workspaceOf(tx);
  const isLong = text.length >= SHORTEST;
  const contacts = isLong ? await findFewClients(tx, 'contact', likes) : undefined;
  const companies = isLong ? await findFewClients(tx, 'company', likes) : undefined;
  const few: Few | undefined = contacts && companies && { any: fewOf(text, contacts, companies) };
  const ids = few && (await findFew(tx, few));
  const where = sql`(${ofItem(text)} or ${contacts ? among(sql`i.contact_id`, contacts) : ofClient(here, 'contact', likes)}
    or ${companies ? among(sql`i.company_id`, companies) : ofClient(here, 'company', likes)})`;
  // By title, those that fit stand together and are sorted: then their number is better estimated than assumed.
  if (ids === undefined) return { ids, where: byTitle ? where : oftenTrue(where) };
  return { ids, where: sql`(${among(sql`i.id`, ids)} and ${where})` };
}

function fewOf(text: string, contacts: readonly number[], companies: readonly number[]): Few[] {
  const id = idIn(text);
  return [
    { like: likeText(text) },
    ...(id === undefined ? [] : [{ items: sql`i.id = ${id}` }]),
    ...(contacts.length === 0 ? [] : [{ items: among(sql`i.contact_id`, contacts) }]),
    ...(companies.length === 0 ? [] : [{ items: among(sql`i.company_id`, companies) }]),
  ];
}

function ofItem(text: string): RawBuilder<unknown> {
  const id = idIn(text);
  return sql`i.title ilike ${likeText(text)}${id === undefined ? sql`` : sql` or i.id = ${id}`}`;
}

function idIn(text: string): number | undefined {
  const digits = /^#?(\d{1,15})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function among(column: RawBuilder<unknown>, ids: readonly number[]): RawBuilder<unknown> {
  return sql`${column} = any(${`{${ids.join(',')}}`}::bigint[])`;
}

// Names the workspace itself, not the item's: so it is asked once, and not for every item.
function ofClient(here: number, kind: 'contact' | 'company', likes: readonly string[]): RawBuilder<unknown> {
  const table = kind === 'contact' ? sql`contacts` : sql`companies`;
  const column = kind === 'contact' ? sql`i.contact_id` : sql`i.company_id`;
  return sql`${column} in (select c.id from ${table} c where c.workspace_id = ${here} and c.name ilike ${likes[0]}
    union all select a.client_id from client_addresses a
      where a.workspace_id = ${here} and a.client_kind = ${kind} and a.normal ilike any(${[...likes]}::text[]))`;
}
