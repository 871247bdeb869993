import { randomUUID } from 'node:crypto';
import { authorBy, sign } from '../platform/author.ts';
import type { Answer, Caller, Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { streamCsv } from '../platform/http/stream-csv.ts';
import { countRows } from './audit.store.ts';
import { type Act, record } from './record.ts';

interface Export {
  readonly fileName: string;
  readonly act: Pick<Act, 'kind' | 'on' | 'params'>;
  /** Its headers, then its rows a page at a time. */
  lines(): AsyncIterable<readonly string[]>;
}

/** A file of what somebody takes along. It is written down before its first byte leaves, and afterwards how many rows left. */
export async function exportCsv({ databases }: Context, caller: Caller, wanted: Export): Promise<Answer> {
  const inside = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(databases.app, caller.workspaceId, work);
  const fold = `export ${randomUUID()}`;
  await inside((tx) => {
    sign(tx, authorBy(caller));
    return record(tx, { ...wanted.act, fold });
  });
  return streamCsv(wanted.fileName, async function* () {
    let sent = -1;
    try {
      for await (const page of wanted.lines()) {
        yield page;
        sent += page.length;
      }
    } finally {
      // Also when whoever asked for it went away half-way.
      await inside((tx) => countRows(tx, fold, Math.max(sent, 0)));
    }
  });
}

/** What an export was narrowed by, as one text: `filter: …, q: …`. */
export function saidFilter(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}
