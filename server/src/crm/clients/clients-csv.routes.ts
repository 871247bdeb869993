import { clientsCsvQuery } from '@signalbox/contract/clients.ts';
import { z } from 'zod';
import { checkMayExportClients } from '../../access/access-client.ts';
import { exportCsv, saidFilter } from '../../audit/export-csv.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { exportClients } from './export-clients.ts';

const files = [
  {
    kind: 'contact',
    exported: 'contacts-exported',
    path: '/api/v1/contacts.csv',
    summary: 'The contacts as a CSV file that can be imported again',
  },
  {
    kind: 'company',
    exported: 'companies-exported',
    path: '/api/v1/companies.csv',
    summary: 'The companies as a CSV file that can be imported again',
  },
] as const;

export const clientCsvRoutes = (context: Context): Route[] =>
  files.map(({ kind, exported, path, summary }) =>
    route({
      method: 'GET',
      path,
      summary,
      tag: 'Clients',
      access: 'employee',
      confirmed: true,
      query: clientsCsvQuery,
      produces: 'text/csv',
      answers: { 200: z.any() },
      async handle({ caller, query: { q } }) {
        checkMayExportClients(caller);
        const inside = <T>(work: (tx: Tx) => Promise<T>) =>
          inWorkspace(context.databases.app, caller.workspaceId, work);
        return exportCsv(context, caller, {
          fileName: path.slice('/api/v1/'.length),
          act: { kind: exported, params: { filter: saidFilter({ q }) } },
          lines: () => exportClients(inside, { kind, q, rights: caller.rights }),
        });
      },
    }),
  );
