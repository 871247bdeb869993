import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import type { ImportChange } from '@signalbox/contract/imports.ts';
import type { ClientRow } from '../../../crm/client-book/clients.store.ts';
import { inShort } from '../../../crm/csv/read-row.ts';
import { readValues } from '../../../crm/facts/read-values.ts';
import type { ItemRow } from '../../../crm/items/items.store.ts';
import type { CurrentRecord } from './current-records.ts';
import { type RowInput, textOf, type World } from './import-world.ts';
import { inWords } from './in-words.ts';
import { stageCode } from './match-items.ts';
import { clientChanges, itemChanges } from './record-changes.ts';
import type { TiedClients } from './tie-clients-of-rows.ts';

type Fields = ImportChange['fields'];
type Values = Readonly<Record<string, FieldValue>>;

interface Changing<Row> {
  readonly before: Row;
  readonly given: RowInput;
  readonly tied: TiedClients;
  readonly current: CurrentRecord | undefined;
}

/** What a row would change of a contact or company, field by field, for people to look at. */
export function clientChangeInWords(world: World, { before, given, tied, current }: Changing<ClientRow>): Fields {
  const { fields, emails, phones, company, responsible, ...names } = clientChanges(world, before, { given, tied });
  const { name, firstName, lastName } = before;
  const old = { name, firstName, lastName, email: before.emails, phone: before.phones };
  const after = {
    ...names,
    ...(emails && { email: emails }),
    ...(phones && { phone: phones }),
    ...(typeof responsible === 'number' || responsible === null ? { responsible } : {}),
    ...readValues(fields ?? {}),
  };
  return [
    ...inFields(world, { ...readValues(before.fields), ...old, responsible: before.responsibleId }, after),
    ...clientInWords('company', { tied, current, isCleared: company === null }),
    ...newInWords(world, given),
  ];
}

/** What a row would change of an item, field by field, for people to look at. */
export function itemChangeInWords(world: World, { before, given, tied, current }: Changing<ItemRow>): Fields {
  const { contact, company, ...after } = itemChanges(world, before, { given, tied });
  const { title, amount, currency, responsibleId: responsible } = before;
  const money = amount === null ? null : { amount, currency: currency ?? world.reference.workspace.currency };
  return [
    ...inFields(world, { ...readValues(before.fields), title, amount: money, currency, responsible }, after),
    ...clientInWords('contact', { tied, current, isCleared: contact === null }),
    ...clientInWords('company', { tied, current, isCleared: company === null }),
    ...stageInWords(world, before, given),
    ...newInWords(world, given),
  ].filter(({ before: old, after: now }) => old !== now);
}

function inFields(world: World, before: Values, after: Readonly<Record<string, FieldValue | undefined>>): Fields {
  return Object.entries(after).flatMap(([to, value]) => {
    if (value === undefined) return [];
    const kind = world.columns.find((column) => column.to === to)?.spec.kind ?? 'text';
    const say = (one: FieldValue | undefined) => inShort(inWords(one, kind, world.reference));
    return say(before[to]) === say(value) ? [] : [{ to, before: say(before[to]), after: say(value) }];
  });
}

interface Tie {
  readonly tied: TiedClients;
  readonly current: CurrentRecord | undefined;
  readonly isCleared: boolean;
}

function clientInWords(kind: 'contact' | 'company', { tied, current, isCleared }: Tie): Fields {
  const before = current?.[kind]?.name ?? '';
  const after = isCleared ? '' : tied.said[kind];
  return after === undefined || after === before ? [] : [{ to: `${kind}.name`, before, after: inShort(after) }];
}

// Quietly the stage stays.
function stageInWords(world: World, before: ItemRow, given: RowInput): Fields {
  const text = textOf(given, 'stage');
  const stage = world.reference.stages.get(before.stageId);
  if (!world.plan.runRules || text === null || stageCode(world, text) === stage?.code) return [];
  return [{ to: 'stage', before: stage?.name ?? '', after: inShort(text) }];
}

// Fields that are made when the import starts have no values yet.
function newInWords({ columns, job, reference }: World, given: RowInput): Fields {
  return columns.flatMap(({ column, to, spec }) => {
    const after = to === `new ${column}` ? inShort(inWords(given.values[to], spec.kind, reference)) : '';
    return after === '' ? [] : [{ to: job.source.columns[column]?.header ?? '', before: '', after }];
  });
}
