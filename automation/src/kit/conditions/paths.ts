import type { ClientFacts, ItemFacts, PersonFacts } from '../facts.ts';
import { taskFields, taskValues } from '../tasks/task-fields.ts';
import { type FieldKind, type FieldSpec, findFieldSpec, isMoney, isRecord } from '../values/values.ts';
import type { ConditionFacts } from './condition.ts';

/** What stands at a path, and what it is. */
export interface Found {
  readonly value: unknown;
  /** Null: free data (a payload, a result), judged by its looks. */
  readonly kind: FieldKind | null;
  readonly spec?: FieldSpec;
}

export type PathFacts = Omit<ConditionFacts, 'at'> & { readonly at?: number };
type Reader = (facts: PathFacts, rest: readonly string[]) => Found;

/** Reads `amount`, `client.name`, `signal.url`, `rules.chat.chatId`, `invoice.paymentDate` … (interfaces.md, paths). */
export function pathReader(path: string): (facts: PathFacts) => Found {
  const [head = '', ...rest] = path.split('.');
  if (head === 'item' && rest.length > 0) return pathReader(rest.join('.'));
  if (rest.length === 0) return (facts) => readField(facts, head);
  const reader =
    (Object.hasOwn(roots, head) ? roots[head] : undefined) ?? ((facts: PathFacts) => readTied(facts, head, rest));
  return (facts) => reader(facts, rest);
}

const roots: Readonly<Record<string, Reader>> = {
  client: ({ item }, rest) => readClient(item, item.client, rest),
  contact: ({ item }, rest) => readClient(item, item.contact, rest),
  company: ({ item }, rest) => readClient(item, item.company, rest),
  responsible: ({ item }, rest) => readPerson(item.responsible, rest),
  creator: ({ item }, rest) => readPerson(item.creator, rest),
  signal: readSignal,
  task: readTask,
  rules: ({ results }, rest) => free(dig(results, rest)),
};

function readField(facts: PathFacts, code: string): Found {
  const { item } = facts;
  const spec = findFieldSpec(item.fields, code);
  const value = item.values[code] ?? null;
  if (spec !== undefined) return { value, kind: spec.kind, spec };
  if (code === 'now' || code === 'time') return { value: facts.at ?? null, kind: 'dateTime' };
  if (code === 'client') return { value: item.client?.id ?? null, kind: 'client' };
  if (code === 'id') return { value: item.id, kind: 'number' };
  if (code === 'type') return { value: item.type, kind: 'text' };
  return { value, kind: standardKinds[code] ?? null };
}

const standardKinds: Readonly<Record<string, FieldKind>> = {
  title: 'text',
  amount: 'money',
  responsible: 'person',
  creator: 'person',
  observers: 'person',
  createdAt: 'dateTime',
  updatedAt: 'dateTime',
  deliveryDate: 'date',
  dueDate: 'date',
  paymentDate: 'date',
  nextCall: 'dateTime',
  nextMeeting: 'dateTime',
  repeat: 'yesNo',
  contact: 'client',
  company: 'client',
};

function readClient({ clientFields }: ItemFacts, client: ClientFacts | null, [name = '']: readonly string[]): Found {
  if (client === null) return free(null);
  const kind = clientKinds[name];
  if (name === 'email' || name === 'phone')
    return { value: (name === 'email' ? client.emails : client.phones)[0] ?? null, kind: name };
  if (kind !== undefined) return { value: dig(client, [name]), kind };
  const spec = findFieldSpec(clientFields?.[client.kind] ?? [], name);
  const value = client.fields[name] ?? null;
  return spec?.custom === true ? { value, kind: spec.kind, spec } : free(value);
}

const clientKinds: Readonly<Record<string, FieldKind>> = {
  id: 'number',
  kind: 'text',
  name: 'text',
  firstName: 'text',
  lastName: 'text',
  email: 'email',
  emails: 'email',
  phone: 'phone',
  phones: 'phone',
};

function readPerson(person: PersonFacts | null, rest: readonly string[]): Found {
  return free(dig(person, rest));
}

function readSignal({ signal }: PathFacts, rest: readonly string[]): Found {
  if (signal === null || signal === undefined) return free(null);
  if (rest[0] === 'kind') return { value: signal.kind, kind: 'text' };
  if (rest[0] === 'occurredAt') return { value: signal.occurredAt, kind: 'dateTime' };
  const value = dig(signal.payload, rest);
  // A number of a line or of a caller may lack the code of the country.
  return signal.kind.startsWith('call.') && numbersOfCalls.includes(rest.join('.'))
    ? { value, kind: 'phone' }
    : free(value);
}

function readTask({ signal }: PathFacts, [code = '']: readonly string[]): Found {
  const spec = findFieldSpec(taskFields, code);
  const value = taskValues(signal)[code] ?? null;
  return spec === undefined ? free(value) : { value, kind: spec.kind, spec };
}

const numbersOfCalls: readonly string[] = ['number', 'lineNumber'];

function readTied({ item }: PathFacts, head: string, rest: readonly string[]): Found {
  return free(dig(item.tied[head], rest));
}

function free(value: unknown): Found {
  return { value: value ?? null, kind: isMoney(value) ? 'money' : null };
}

function dig(from: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return from;
  return isRecord(from) && Object.hasOwn(from, step) ? dig(from[step], rest) : null;
}
