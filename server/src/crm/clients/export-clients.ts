import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { hidesField } from '../../access/held-fields.ts';
import { reachableClients } from '../../access/reachable-clients.store.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { csvLine } from '../../platform/http/write-csv.ts';
import { type ClientKind, type ClientRow, listClients } from '../client-book/clients.store.ts';
import { cellText } from '../csv/cell-text.ts';
import { joinList } from '../csv/list-cell.ts';
import { listKeys } from '../csv/record-keys.store.ts';
import { readValues } from '../facts/read-values.ts';
import { loadReference, type Reference } from '../facts/workspace-facts.ts';

type Inside = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

const PAGE = 1_000;

interface Wanted {
  readonly kind: ClientKind;
  readonly q?: string | undefined;
  /** Whose file it is; left out, it holds all. */
  readonly rights?: Rights | undefined;
}

/** The lines of the file, oldest first, a page of clients at a time; the import's own headers, so that it fits back in. */
export async function* exportClients(inside: Inside, { kind, q, rights }: Wanted): AsyncGenerator<readonly string[]> {
  const reference = await inside(loadReference);
  const specs = reference
    .fieldsOf(kind)
    .filter(({ custom, code }) => custom && !hidesField(rights, { owner: kind, code }));
  const columns = columnsOf(kind);
  yield [csvLine([...columns.map(({ header }) => header), ...specs.map(({ code }) => code), 'clientId'])];
  for (let above = 0; ; ) {
    const from = above;
    const rows = await inside(async (tx) =>
      withCompanies(
        tx,
        kind,
        await listClients(tx, kind, {
          q,
          above: from,
          limit: PAGE,
          reach: rights && reachableClients(rights, kind, 'export'),
        }),
      ),
    );
    yield rows.map((row) => lineOf(row, { columns, specs, reference }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    above = last.client.id;
  }
}

interface Row {
  readonly client: ClientRow;
  readonly key: string;
  readonly companyKey: string;
  readonly companyName: string;
}

async function withCompanies(tx: Tx, kind: ClientKind, clients: readonly ClientRow[]): Promise<Row[]> {
  const keys = await listKeys(
    tx,
    kind,
    clients.map(({ id }) => id),
  );
  const ids = [...new Set(clients.flatMap(({ companyId }) => (kind === 'contact' ? (companyId ?? []) : [])))];
  const companyKeys = await listKeys(tx, 'company', ids);
  const companies = await listClients(tx, 'company', { ids, limit: ids.length });
  const names = new Map(companies.map(({ id, name }) => [id, name]));
  return clients.map((client) => ({
    client,
    key: keys.get(client.id) ?? '',
    companyKey: companyKeys.get(client.companyId ?? 0) ?? '',
    companyName: names.get(client.companyId ?? 0) ?? '',
  }));
}

interface Column {
  readonly header: string;
  text(row: Row, people: Reference['people']): string;
}

const shared: readonly Column[] = [
  { header: 'email', text: ({ client }) => joinList(client.emails, 'email') },
  { header: 'phone', text: ({ client }) => joinList(client.phones, 'phone') },
  { header: 'responsible', text: ({ client }, people) => people.get(client.responsibleId ?? 0)?.email ?? '' },
  { header: 'createdAt', text: ({ client }) => client.createdAt.toISOString() },
];
const ofContacts: readonly Column[] = [
  { header: 'firstName', text: ({ client }) => client.firstName ?? '' },
  { header: 'lastName', text: ({ client }) => client.lastName ?? '' },
  { header: 'company.key', text: ({ companyKey }) => companyKey },
  { header: 'company.name', text: ({ companyName }) => companyName },
];

const columnsOf = (kind: ClientKind): readonly Column[] => [
  { header: 'key', text: ({ key }) => key },
  { header: 'name', text: ({ client }) => client.name },
  ...(kind === 'contact' ? ofContacts : []),
  ...shared,
];

interface Writing {
  readonly columns: readonly Column[];
  readonly specs: readonly FieldSpec[];
  readonly reference: Reference;
}

function lineOf(row: Row, { columns, specs, reference: { people } }: Writing): string {
  const values = readValues(row.client.fields);
  return csvLine([
    ...columns.map(({ text }) => text(row, people)),
    ...specs.map((spec) => cellText(values[spec.code], spec, people)),
    String(row.client.id),
  ]);
}
