import { type FieldSpec, type FieldValue, isMoney } from '@signalbox/automation/kit/values.ts';
import { itemTypes } from '@signalbox/contract/common.ts';
import type { Item } from '@signalbox/contract/items.ts';
import type { Tx } from '../../platform/db.ts';
import { csvLine } from '../csv/write-csv.ts';
import { storedWithCustom } from '../fields/standard-fields.ts';
import { readValues } from '../read-values.ts';
import { loadReference } from '../workspace-facts.ts';
import { listItems } from './list-items.ts';
import { listKeys } from './record-keys.store.ts';

type Inside = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
type Wanted = Omit<Parameters<typeof listItems>[1], 'limit' | 'cursor'>;

const PAGE = 500;

/** The lines of the file, a page of items at a time; the import's own headers, so that it fits back in. */
export async function* exportItems(inside: Inside, wanted: Wanted): AsyncGenerator<string> {
  const specs = await inside((tx) => listSpecs(tx, wanted.type));
  yield csvLine([...columns.map(({ header }) => header), ...specs.map(({ code }) => code), 'itemId']);
  for (let cursor: string | undefined; ; ) {
    const page = await inside(async (tx) => {
      const { data, nextCursor } = await listItems(tx, { ...wanted, limit: PAGE, cursor });
      return { rows: await withKeys(tx, data), nextCursor };
    });
    yield page.rows.map((row) => lineOf(row, specs)).join('');
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

async function listSpecs(tx: Tx, type: string | undefined): Promise<FieldSpec[]> {
  const { fieldsOf } = await loadReference(tx);
  const stored: readonly string[] = storedWithCustom;
  const all = (type === undefined ? itemTypes : [type]).flatMap((one) => [...fieldsOf(one)]);
  const own = all.filter((spec) => spec.custom || stored.includes(spec.code));
  return [...new Map(own.map((spec) => [spec.code, spec])).values()];
}

interface Row {
  readonly item: Item;
  readonly key: string;
  readonly contactKey: string;
}

async function withKeys(tx: Tx, items: readonly Item[]): Promise<Row[]> {
  const keys = new Map<number, string>();
  for (const type of itemTypes) {
    const ids = items.filter((item) => item.type === type).map(({ id }) => id);
    for (const [id, key] of await listKeys(tx, type, ids)) keys.set(id, key);
  }
  const contacts = await listKeys(
    tx,
    'contact',
    items.flatMap(({ contact }) => contact ?? []),
  );
  return items.map((item) => ({
    item,
    key: keys.get(item.id) ?? '',
    contactKey: contacts.get(item.contact ?? 0) ?? '',
  }));
}

interface Column {
  readonly header: string;
  text(row: Row): string;
}

const clientName = ({ item }: Row, kind: string) => item.clients.find((client) => client.kind === kind)?.name ?? '';

const columns: readonly Column[] = [
  { header: 'key', text: ({ key }) => key },
  { header: 'title', text: ({ item }) => item.title },
  { header: 'pipeline', text: ({ item }) => item.pipelineName },
  { header: 'stage', text: ({ item }) => item.stageName },
  { header: 'amount', text: ({ item }) => String(item.amount ?? '') },
  { header: 'currency', text: ({ item }) => item.currency ?? '' },
  { header: 'responsible', text: ({ item }) => item.responsible?.email ?? '' },
  { header: 'contact.key', text: ({ contactKey }) => contactKey },
  { header: 'contact.name', text: (row) => clientName(row, 'contact') },
  { header: 'company.name', text: (row) => clientName(row, 'company') },
  { header: 'createdAt', text: ({ item }) => item.createdAt },
];

function lineOf(row: Row, specs: readonly FieldSpec[]): string {
  const values = readValues(row.item.fields);
  return csvLine([
    ...columns.map(({ text }) => text(row)),
    ...specs.map(({ code }) => inWords(values[code])),
    String(row.item.id),
  ]);
}

function inWords(value: FieldValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(inWords).join('; ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return isMoney(value) ? `${value.amount} ${value.currency}` : String(value);
}
