import {
  type AuditEntry,
  type AuditFilter,
  auditCsvQuery,
  auditEntries,
  auditQuery,
} from '@signalbox/contract/audit.ts';
import { z } from 'zod';
import type { Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOf, parseCursor } from '../platform/http/paging.ts';
import { csvLine } from '../platform/http/write-csv.ts';
import { listEntries } from './audit.store.ts';
import { exportCsv, saidFilter } from './export-csv.ts';
import { presentEntry } from './present-entry.ts';

export const auditRoutes = (context: Context): Route[] => [list(context), csv(context)];

const place = z.tuple([z.int(), z.int()]);

const list = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'The audit log, newest first: who did what for good or to everybody, when and from where',
    tag: 'Rights',
    access: 'admin',
    query: auditQuery,
    answers: { 200: auditEntries },
    async handle({ caller, query: { limit, cursor, ...filter } }) {
      const before = parseCursor(place, cursor);
      const rows = await inWorkspace(databases.app, caller.workspaceId, (tx) =>
        listEntries(tx, { ...filter, before, limit: limit + 1 }),
      );
      return {
        status: 200,
        body: pageOf(rows, limit, { show: presentEntry, cursor: (row) => [row.at.getTime(), row.id] }),
      };
    },
  });

const csv = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/audit.csv',
    summary: 'What the audit log holds of the same filter, as a CSV file; that it was taken is written down too',
    tag: 'Rights',
    access: 'admin',
    confirmed: true,
    query: auditCsvQuery,
    produces: 'text/csv',
    answers: { 200: z.any() },
    handle: ({ caller, query }) =>
      exportCsv(context, caller, {
        fileName: 'audit.csv',
        act: { kind: 'audit-exported', params: { filter: saidFilter(query) } },
        lines: () => linesOf(context, caller.workspaceId, query),
      }),
  });

const PAGE = 1_000;

async function* linesOf({ databases }: Context, workspaceId: number, filter: AuditFilter) {
  yield [csvLine(columns.map(({ header }) => header))];
  for (let before: readonly [number, number] | undefined; ; ) {
    const from = before;
    const rows = await inWorkspace(databases.app, workspaceId, (tx) =>
      listEntries(tx, { ...filter, before: from, limit: PAGE }),
    );
    const entries = rows.map(presentEntry);
    yield entries.map((entry) => csvLine(columns.map(({ text }) => text(entry))));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    before = [last.at.getTime(), last.id];
  }
}

interface Column {
  readonly header: string;
  text(entry: AuditEntry): string;
}

const columns: readonly Column[] = [
  { header: 'at', text: ({ at }) => at },
  { header: 'until', text: ({ until }) => until },
  { header: 'times', text: ({ times }) => String(times) },
  { header: 'kind', text: ({ kind }) => kind },
  { header: 'via', text: ({ by }) => by.via },
  { header: 'personId', text: ({ by }) => String(by.person?.id ?? '') },
  { header: 'person', text: ({ by }) => by.person?.name ?? '' },
  { header: 'tool', text: ({ by }) => by.name ?? '' },
  { header: 'seenBy', text: ({ by }) => by.seenBy?.name ?? '' },
  { header: 'session', text: ({ by }) => by.session ?? '' },
  { header: 'addresses', text: ({ by }) => by.addresses.join(' ') },
  { header: 'object', text: ({ on }) => on?.kind ?? '' },
  { header: 'objectId', text: ({ on }) => on?.id ?? '' },
  { header: 'name', text: ({ on }) => on?.name ?? '' },
  { header: 'rows', text: ({ rows }) => String(rows ?? '') },
  { header: 'details', text: ({ params, changes }) => JSON.stringify({ ...params, changes }) },
];
