import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { Field } from '@signalbox/contract/fields.ts';
import type { ImportJob } from '@signalbox/contract/imports.ts';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../api/items/fields.ts';

const itemTargets = {
  id: 'id',
  key: 'key',
  title: 'title',
  amount: 'amount',
  currency: 'currency',
  stage: 'stage',
  responsible: 'responsible',
  createdAt: 'createdAt',
  'contact.name': 'contactName',
  'contact.key': 'contactKey',
  'contact.firstName': 'contactFirstName',
  'contact.lastName': 'contactLastName',
  'contact.email': 'contactEmail',
  'contact.phone': 'contactPhone',
  'company.name': 'companyName',
  'company.key': 'companyKey',
} as const;
const clientTargets = {
  id: 'id',
  key: 'key',
  name: 'name',
  email: 'email',
  phone: 'phone',
  responsible: 'responsible',
  createdAt: 'createdAt',
} as const;
const contactTargets = {
  ...clientTargets,
  firstName: 'firstName',
  lastName: 'lastName',
  'company.name': 'companyName',
  'company.key': 'companyKey',
} as const;
const stored = ['source', 'dealKind', 'deliveryDate', 'dueDate', 'paymentDate'];

// Clients have no standard fields in the list; items have all of those that are seen.
const isUnseen = (fields: readonly Field[], code: string) =>
  fields.length > 0 && !fields.some((field) => field.code === code);

/** Whether several columns may fill it, as they do lists of addresses and fields of several values. */
export function useTakesSeveral(target: ImportJob['target']) {
  const { data: fields = [] } = useFields(target);
  const lists = fields.filter(takesSeveral).map(({ code }) => code);
  return (to: string) => /^(contact\.)?(email|phone)$/.test(to) || lists.includes(to);
}

/** What a column may become, for whoever looks: left out, a new field, what is standard, the fields of one's own. */
export function useTargets(target: ImportJob['target']) {
  const { t } = useTranslation('lists');
  const { data: fields = [] } = useFields(target);
  const table = target === 'contact' ? contactTargets : target === 'company' ? clientTargets : itemTargets;
  const own = fields.filter(({ custom, code, limit }: Field) => limit === null && (custom || stored.includes(code)));
  const held = new Set(fields.flatMap(({ code, limit }) => (limit === null ? [] : [code])));
  const isHeld = (to: string) =>
    to !== 'title' && (held.has(to.replace(/\..*$/, '')) || (to === 'amount' && isUnseen(fields, to)));
  return [
    { value: '', label: t('import.leaveOut') },
    { value: 'new', label: t('import.newField') },
    ...Object.entries(table)
      .filter(([value]) => !isHeld(value))
      .map(([value, key]) => ({ value, label: t(`targets.${key}`) })),
    ...own.map(({ code, name }) => ({ value: code, label: name })),
  ];
}
