import { sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../../../platform/after-commit.ts';
import { apart, GaveUp } from '../../../platform/apart/apart.ts';
import type { Tx } from '../../../platform/db.ts';
import type { work } from '../reading/split-html.ts';
import type { StoredEmail } from './emails.store.ts';

const stored = z.array(z.array(z.string()));
const DEADLINE_MS = 3_000;
const splitApart = apart<typeof work>(new URL('../reading/split-html.ts', import.meta.url), {
  deadlineMs: DEADLINE_MS,
});

/** The whole, and what is new in it, where that is known: in the pieces of split-html.ts. Empty: it cannot be shown. */
export type ShownHtmls = readonly (readonly string[])[];

/** HTML made harmless: once for each e-mail, apart, and kept. What takes too long is never shown as HTML. */
export async function loadShownHtml(
  tx: Tx,
  emails: readonly Pick<StoredEmail, 'id' | 'html' | 'shown_html' | 'new_html_length'>[],
): Promise<ReadonlyMap<number, ShownHtmls>> {
  const shown = new Map(
    emails.flatMap(({ id, shown_html: kept }) => (kept === null ? [] : [[id, stored.parse(kept)]])),
  );
  const made = new Map<number, ShownHtmls>();
  for (const { id, html, new_html_length: newLength } of emails) {
    if (html === null || shown.has(id)) continue;
    const pieces = await split([html, ...(newLength === null ? [] : [html.slice(0, newLength)])], workspaceOf(tx));
    // The others have their turn when they are asked for again.
    if (pieces === 'busy') break;
    made.set(id, pieces);
    if (pieces.length === 0) break;
  }
  for (const [id, pieces] of made) await keep(tx, id, pieces);
  return new Map([...shown, ...made]);
}

async function split(sources: readonly string[], workspace: number): Promise<ShownHtmls | 'busy'> {
  try {
    return await splitApart(sources, { workspace, who: 'reading mail', lane: 'people' });
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error;
    return error.why === 'busy' ? 'busy' : [];
  }
}

async function keep(tx: Tx, id: number, pieces: ShownHtmls): Promise<void> {
  await sql`
    update emails set shown_html = ${JSON.stringify(pieces)}::json
    where workspace_id = ${workspaceOf(tx)} and id = ${id} and shown_html is null`.execute(tx);
}
