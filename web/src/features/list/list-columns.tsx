import type { Field } from '@signalbox/contract/fields.ts';
import { type Item, type ItemSort, itemSorts } from '@signalbox/contract/items.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../api/items/fields.ts';
import { FieldValue } from '../../controls/fields/field-value.tsx';
import { isNothing, type Value } from '../../controls/fields/values.ts';
import { PersonFace } from '../../ui/person-face.tsx';
import { useFormat } from '../../ui/text/format.ts';

export interface ListColumn {
  readonly code: string;
  readonly name: string;
  readonly sort: ItemSort | undefined;
  show(item: Item): ReactNode;
}

/** Every column the list of a type can show, the title apart. */
export function useListColumns(type: string): ListColumn[] {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const { data } = useFields(type);
  const fields = data ?? [];
  const isHidden = (code: string) => data !== undefined && !data.some((field) => field.code === code);
  const own: readonly ListColumn[] = [
    column('stage', t('columns.stage'), (item) => item.stageName),
    column('amount', nameIn(fields, 'amount'), ({ amount, currency }) =>
      amount === null ? '' : format.money(amount, currency ?? 'EUR'),
    ),
    column('client', t('columns.client'), ({ clients }) => clients.map(({ name }) => name).join(', ')),
    column(
      'responsible',
      nameIn(fields, 'responsible'),
      ({ responsible }) => responsible && <PersonFace person={responsible} />,
    ),
    column('createdAt', t('columns.createdAt'), (item) => format.moment(item.createdAt)),
    column('updatedAt', t('columns.updatedAt'), (item) => format.moment(item.updatedAt)),
    column('movedAt', t('columns.movedAt'), (item) => format.moment(item.movedAt)),
  ];
  const more = fields.filter(({ custom, code }) => custom || stored.includes(code));
  return [
    ...own.filter(({ code }) => code !== 'amount' || !isHidden(code)),
    ...more.map((field) =>
      column(field.code, field.name, (item) => <ListValue value={item.fields[field.code] ?? null} field={field} />),
    ),
  ];
}

const stored = ['source', 'dealKind', 'deliveryDate', 'dueDate', 'paymentDate'];

function column(code: string, name: string, show: ListColumn['show']): ListColumn {
  return { code, name, sort: itemSorts.find((sort) => sort === code), show };
}

const nameIn = (fields: readonly Field[], code: string) => fields.find((field) => field.code === code)?.name ?? code;

// Empty cells stay empty: a list of dashes is hard to read.
function ListValue({ value, field }: { value: Value; field: Field }) {
  return isNothing(value) ? null : <FieldValue field={field} value={value} />;
}
