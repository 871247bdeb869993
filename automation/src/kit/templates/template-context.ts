import type {
  ClientFacts,
  Directory,
  ItemFacts,
  PersonFacts,
  Results,
  SignalFacts,
  Values,
  WorkspaceFacts,
} from '../facts.ts';
import { taskFields, taskValues } from '../tasks/task-fields.ts';
import { instantOf, wallText } from '../values/time.ts';
import { type FieldSpec, findFieldSpec, type Instant, isEmpty, isMoney, isRecord } from '../values/values.ts';
import { TextDrop } from './template-drop.ts';

/** The names of a template and what they stand for. */
export type TemplateContext = Readonly<Record<string, unknown>>;

export interface TemplateFacts {
  readonly item: ItemFacts;
  readonly workspace: WorkspaceFacts;
  /** The signal that moved the item here. */
  readonly signal?: SignalFacts | null;
  readonly results?: Results;
  readonly now: Instant;
}

/** `item.*`, `client.*`, `responsible.*`, `signal.*`, `rules.<id>.*` and the latest tied things (semantics.md 5.6). */
export function templateContext({ item, workspace, signal, results, now }: TemplateFacts): TemplateContext {
  const { timeZone } = workspace;
  return {
    ...namesOf(item, { timeZone, people: workspace.directory?.names }),
    signal: signal === null || signal === undefined ? {} : signalNames(signal, timeZone),
    task: taskNames(signal, { timeZone, people: workspace.directory?.names }),
    rules: results ?? {},
    now: wallText(now, timeZone),
    timeZone,
  };
}

/** How values are shown. */
interface Showing {
  readonly timeZone: string;
  /** By id; absent: nobody is known. */
  readonly people: Directory['names'];
}

interface Named extends Showing {
  readonly names: TemplateContext;
}

// The rules of a visit share its item: its names are made once, and again when a rule has changed it.
const known = new WeakMap<ItemFacts, Named>();

function namesOf(item: ItemFacts, showing: Showing): TemplateContext {
  const before = known.get(item);
  if (before?.timeZone === showing.timeZone && before.people === showing.people) return before.names;
  // Every type has the standard fields; of its own ones nothing is known here.
  const standard = item.fields.filter(({ custom }) => !custom);
  const tied = Object.fromEntries(
    Object.entries(item.tied).map(([name, values]) => [name, shown(values, standard, showing)]),
  );
  const fields = itemNames(item, showing);
  const names = { ...tied, ...fields, item: { ...fields, ...tied } };
  known.set(item, { ...showing, names });
  return names;
}

function itemNames(item: ItemFacts, showing: Showing): TemplateContext {
  const client = (one: ClientFacts | null) => clientNames(one, item, showing);
  return {
    ...shown(item.values, item.fields, showing),
    id: item.id,
    type: item.type,
    client: client(item.client),
    contact: client(item.contact),
    company: client(item.company),
    responsible: personNames(item.responsible),
    creator: personNames(item.creator),
  };
}

function taskNames(signal: SignalFacts | null | undefined, showing: Showing): TemplateContext {
  return Object.fromEntries(
    Object.entries(taskValues(signal)).map(([code, value]) => [
      code,
      showValue(value, findFieldSpec(taskFields, code), showing),
    ]),
  );
}

function signalNames({ id, kind, occurredAt, payload }: SignalFacts, timeZone: string): TemplateContext {
  return { ...(isRecord(payload) ? payload : {}), id, kind, occurredAt: wallText(occurredAt, timeZone) };
}

function clientNames(client: ClientFacts | null, { clientFields }: ItemFacts, showing: Showing): unknown {
  if (client === null) return null;
  const { fields, ...own } = client;
  return new TextDrop(client.name, {
    ...shown(fields, clientFields?.[client.kind] ?? [], showing),
    ...own,
    email: client.emails[0] ?? null,
    phone: client.phones[0] ?? null,
  });
}

function personNames(person: PersonFacts | null): unknown {
  return person === null ? null : new TextDrop(person.name, { ...person });
}

function shown(values: Values, fields: readonly FieldSpec[], showing: Showing): TemplateContext {
  return Object.fromEntries(
    Object.entries(values).map(([code, value]) => [code, showValue(value, findFieldSpec(fields, code), showing)]),
  );
}

function showValue(value: unknown, spec: FieldSpec | undefined, showing: Showing): unknown {
  if (Array.isArray(value)) return value.map((one) => showValue(one, spec, showing));
  if (isMoney(value)) return new TextDrop(`${value.amount} ${value.currency}`, { ...value }, Number(value.amount));
  if (isEmpty(value)) return null;
  // A person by name; the rule that writes it on finds whom it means.
  if (spec?.kind === 'person') return showing.people?.[Number(value)] ?? value;
  const option = spec?.options?.find((known) => known.value === value);
  if (option !== undefined) return option.name;
  const moment = typeof value === 'string' && value.includes('T') ? instantOf(value, showing.timeZone) : undefined;
  return moment === undefined ? value : wallText(moment, showing.timeZone);
}
