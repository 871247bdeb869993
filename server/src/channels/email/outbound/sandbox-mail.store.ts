import { sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { fitPage } from '../../../platform/http/paging.ts';
import { sendBytes } from '../../../platform/long-bytes/send-bytes.store.ts';
import { announce } from '../../../platform/realtime.ts';

export interface NewSandboxMail {
  /** Null: of the house itself. */
  readonly outboxId: number | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: Buffer;
  readonly at: Date;
}

export interface SandboxMailRow extends Omit<NewSandboxMail, 'raw' | 'outboxId'> {
  readonly id: number;
  readonly emailId: number | null;
  readonly itemId: number | null;
}

/** Once per row of the outbox, however often it is tried. */
export async function insertSandboxMail(tx: Tx, mail: NewSandboxMail): Promise<void> {
  const row = await tx
    .insertInto('sandbox_mail')
    .values({
      ...{
        workspace_id: workspaceOf(tx),
        outbox_id: mail.outboxId,
        from_address: mail.from,
        to_addresses: [...mail.to],
      },
      ...{
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        headers: JSON.stringify(mail.headers),
        raw: await sendBytes(tx, mail.raw),
        at: mail.at,
      },
    })
    .onConflict((conflict) => conflict.column('outbox_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row !== undefined) announce(tx, { topic: 'sandbox', kind: 'received', kept: row.id });
}

/** What of the sandbox is seen: all, or what was written to clients. Letters of the house may hold a link that opens an account. */
interface Seeing {
  readonly withHouse: boolean;
}

/** Newest first; `q` looks into subject and receivers. */
export async function listSandboxMail(
  tx: Tx,
  page: Seeing & { before: number | null; limit: number; q?: string | undefined },
): Promise<{ mails: SandboxMailRow[]; isMore: boolean }> {
  const like = `%${(page.q ?? '').replace(/[%_\\]/g, '\\$&')}%`;
  const sizes = await seen(tx, page)
    .select(['m.id', sql<number>`octet_length(m.text) + coalesce(octet_length(m.html), 0)`.as('bytes')])
    .$if(page.before !== null, (query) => query.where('m.id', '<', page.before ?? 0))
    .$if(page.q !== undefined, (query) =>
      query.where((is) =>
        is.or([
          is('m.subject', 'ilike', like),
          is((of) => of.fn('array_to_string', ['m.to_addresses', of.val(' ')]), 'ilike', like),
        ]),
      ),
    )
    .orderBy('m.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const { ids, isMore } = fitPage(sizes, page.limit);
  if (ids.length === 0) return { mails: [], isMore };
  const rows = await select(tx, page).where('m.id', 'in', ids).orderBy('m.id', 'desc').execute();
  return { mails: rows.map(toMail), isMore };
}

export async function findSandboxMail(tx: Tx, id: number, seeing: Seeing): Promise<SandboxMailRow | undefined> {
  const row = await select(tx, seeing).where('m.id', '=', id).executeTakeFirst();
  return row && toMail(row);
}

function seen(tx: Tx, { withHouse }: Seeing) {
  return tx
    .selectFrom('sandbox_mail as m')
    .where('m.workspace_id', '=', workspaceOf(tx))
    .$if(!withHouse, (query) => query.where('m.outbox_id', 'is not', null));
}

function select(tx: Tx, seeing: Seeing) {
  return seen(tx, seeing)
    .leftJoin('emails as e', (join) =>
      join.onRef('e.workspace_id', '=', 'm.workspace_id').onRef('e.outbox_id', '=', 'm.outbox_id'),
    )
    .select([
      'm.id',
      'm.from_address',
      'm.to_addresses',
      'm.subject',
      'm.text',
      'm.html',
      'm.headers',
      'm.at',
      'e.id as email_id',
      'e.item_id',
    ]);
}

const headers = z.record(z.string(), z.string()).catch({});

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

function toMail(row: Row): SandboxMailRow {
  return {
    ...{
      id: row.id,
      from: row.from_address,
      to: row.to_addresses,
      subject: row.subject,
      text: row.text,
      html: row.html,
      at: row.at,
    },
    ...{ headers: headers.parse(row.headers), emailId: row.email_id, itemId: row.item_id },
  };
}
