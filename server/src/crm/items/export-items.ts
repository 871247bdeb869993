import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { hidesField } from '../../access/held-fields.ts';
import type { Tx } from '../../platform/db.ts';
import { csvLine } from '../../platform/http/write-csv.ts';
import { cellText, clearNumber } from '../csv/cell-text.ts';
import { joinList } from '../csv/list-cell.ts';
import { listKeys } from '../csv/record-keys.store.ts';
import { readValues } from '../facts/read-values.ts';
import { storedStandard } from '../facts/standard-fields.ts';
import { loadReference, type Reference } from '../facts/workspace-facts.ts';
import { listItems } from './list-items.ts';

type Inside = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
type Wanted = Omit<Parameters<typeof listItems>[1], 'limit' | 'cursor'>;

const PAGE = 500;

/** The lines of the file, a page of items at a time; the import's own headers, so that it fits back in. */
export async function* exportItems(inside: Inside, wanted: Wanted): AsyncGenerator<readonly string[]> {
  const reference = await inside(loadReference);
  const { columns, specs } = columnsOf(reference, wanted);
  yield [csvLine([...columns.map(({ header }) => header), ...specs.map(({ code }) => code), 'itemId'])];
  for (let cursor: string | undefined; ; ) {
    const page = await inside(async (tx) => {
      const { data, nextCursor } = await listItems(tx, { ...wanted, verb: 'export', limit: PAGE, cursor });
      return { rows: await withKeys(tx, data), nextCursor };
    });
    yield page.rows.map((row) => lineOf(row, { columns, specs, people: reference.people }));
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

// What is hidden on every type has no column; what is hidden on some is empty there.
function columnsOf({ fieldsOf, pipelines }: Reference, { type, rights }: Wanted) {
  const types = type === undefined ? new Set([...pipelines.values()].map((one) => one.type)) : [type];
  const all = [...types].flatMap((owner) => fieldsOf(owner).filter(({ code }) => !hidesField(rights, { owner, code })));
  const own = all.filter((spec) => spec.custom || storedStandard.includes(spec.code));
  const hasAmount = all.some(({ code }) => code === 'amount');
  return {
    columns: standard.filter(({ header }) => hasAmount || header !== 'amount'),
    specs: [...new Map(own.map((spec) => [spec.code, spec])).values()],
  };
}

interface Row {
  readonly item: Item;
  readonly key: string;
  readonly contactKey: string;
  readonly companyKey: string;
}

async function withKeys(tx: Tx, items: readonly Item[]): Promise<Row[]> {
  const keys = new Map<number, string>();
  for (const [type, ofType] of Map.groupBy(items, (item) => item.type)) {
    const ids = ofType.map(({ id }) => id);
    for (const [id, key] of await listKeys(tx, type, ids)) keys.set(id, key);
  }
  const contacts = await listKeys(
    tx,
    'contact',
    items.flatMap(({ contact }) => contact ?? []),
  );
  const companies = await listKeys(
    tx,
    'company',
    items.flatMap(({ company }) => company ?? []),
  );
  return items.map((item) => ({
    item,
    key: keys.get(item.id) ?? '',
    contactKey: contacts.get(item.contact ?? 0) ?? '',
    companyKey: companies.get(item.company ?? 0) ?? '',
  }));
}

interface Column {
  readonly header: string;
  text(row: Row): string;
}

const client = ({ item }: Row, kind: string) => item.clients.find((one) => one.kind === kind);

const standard: readonly Column[] = [
  { header: 'key', text: ({ key }) => key },
  { header: 'title', text: ({ item }) => item.title },
  { header: 'pipeline', text: ({ item }) => item.pipelineName },
  { header: 'stage', text: ({ item }) => item.stageName },
  { header: 'amount', text: ({ item }) => clearNumber(String(item.amount ?? '')) },
  { header: 'currency', text: ({ item }) => item.currency ?? '' },
  { header: 'responsible', text: ({ item }) => item.responsible?.email ?? '' },
  { header: 'contact.key', text: ({ contactKey }) => contactKey },
  { header: 'contact.name', text: (row) => client(row, 'contact')?.name ?? '' },
  { header: 'contact.email', text: (row) => joinList(client(row, 'contact')?.emails ?? [], 'email') },
  { header: 'contact.phone', text: (row) => joinList(client(row, 'contact')?.phones ?? [], 'phone') },
  { header: 'company.key', text: ({ companyKey }) => companyKey },
  { header: 'company.name', text: (row) => client(row, 'company')?.name ?? '' },
  { header: 'createdAt', text: ({ item }) => item.createdAt },
];

interface Writing {
  readonly columns: readonly Column[];
  readonly specs: readonly FieldSpec[];
  readonly people: Reference['people'];
}

function lineOf(row: Row, { columns, specs, people }: Writing): string {
  const values = readValues(row.item.fields);
  return csvLine([
    ...columns.map(({ text }) => text(row)),
    ...specs.map((spec) => cellText(values[spec.code], spec, people)),
    String(row.item.id),
  ]);
}
