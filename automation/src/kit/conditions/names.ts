import { findSignalKind, type SignalKind, signalKinds } from '../../signals/index.ts';
import { TASK_SIGNAL, taskFields } from '../tasks/task-fields.ts';
import type { FieldKind, FieldSpec } from '../values/values.ts';
import { findFieldSpec } from '../values/values.ts';

/** A pipeline and the codes of its stages in their order. */
export interface PipelinePlace {
  readonly id: number;
  readonly name: string;
  readonly stages: readonly string[];
}

/** What conditions and templates may name. */
export interface NameScope {
  readonly fields: readonly FieldSpec[];
  readonly clientFields?: readonly FieldSpec[];
  /** The custom fields of contacts and of companies, each by themselves; absent: nobody asks for them. */
  readonly clientFieldsOf?: Readonly<Record<'contact' | 'company', readonly FieldSpec[]>>;
  /** By type of item: the fields of what may be tied (`invoice.paymentDate`); absent: the standard ones. */
  readonly tiedFields?: Readonly<Record<string, readonly FieldSpec[]>>;
  /** The kinds of signal that can be there; none or absent: any kind. */
  readonly signals?: readonly SignalKind[];
  /** By rule id: the names of its results. */
  readonly results?: Readonly<Record<string, readonly string[]>>;
  /** Whether somebody of the company, also of those who left, is meant by an id, a name or an e-mail address. */
  readonly isPerson?: (name: string) => boolean;
  /** The codes of the stages on which the items can stand. */
  readonly stageCodes?: readonly string[];
  /** The names of the pipelines in which the items can stand. */
  readonly pipelines?: readonly string[];
  /** By type: its pipelines, into which a rule may put items; absent: nobody asks for them. */
  readonly pipelinesOf?: Readonly<Record<string, readonly PipelinePlace[]>>;
  /** Any name will do: what was saved stays, although fields have gone since; they are empty (semantics.md 8.2). */
  readonly lenient?: boolean;
  /** What conditions and texts that are read together may still hold; absent: each stands by itself. */
  readonly budget?: { patternParts: number; names: number };
}

export const standardNames: readonly string[] = [
  'id',
  'type',
  'title',
  'amount',
  'currency',
  'responsible',
  'creator',
  'observers',
  'client',
  'contact',
  'company',
  'createdAt',
  'updatedAt',
  'source',
  'dealKind',
  'repeat',
  'deliveryDate',
  'dueDate',
  'paymentDate',
  'nextCall',
  'nextMeeting',
  'stage',
  'pipeline',
];
export const clientNames: readonly string[] = [
  'id',
  'kind',
  'name',
  'firstName',
  'lastName',
  'email',
  'emails',
  'phone',
  'phones',
];
export const personNames: readonly string[] = ['id', 'name', 'email', 'phone', 'departmentId', 'supervisorId'];
/** Items tied to an item, the latest of each type: `{{ invoice.paymentDate }}` (semantics.md 5.6). */
const standardTypes: readonly string[] = ['lead', 'deal', 'quote', 'invoice'];

// Refused when saving: they would be empty for ever, and a rule that waits for their date would wait silently.
const notYet: Readonly<Record<string, string>> = {
  ...same(['nextBooking', 'call', 'meeting', 'booking', 'visit'], 'Bookings and visits'),
  ...same(['order', 'payment', 'products'], 'Orders, payments and product lines'),
  ...same(['document', 'form'], 'Documents and forms'),
};

function same(names: readonly string[], what: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, `${what} are not there in this version yet`]));
}

const clock = ['now', 'time'];

/** Why a path names nothing, or null when it is fine. */
export function whyUnknown(path: readonly string[], scope: NameScope): string | null {
  const [head = '', ...rest] = path;
  if (scope.lenient === true) return null;
  if (head === 'item' && rest.length > 0) return whyUnknown(rest, scope);
  if (rest.length === 0) return fieldReason(head, scope);
  const reason = Object.hasOwn(roots, head) ? roots[head] : undefined;
  if (reason !== undefined) return reason(rest, scope);
  if (fieldReason(head, scope) === null) return partReason(path, scope);
  return isTiedType(head, scope) ? tiedReason(path, scope) : (reasonNotYet(head) ?? `"${head}" is not known`);
}

/** The kind of a field, for the checks of operators and values; undefined when it is free data. */
export function kindOfPath(path: string, scope: NameScope): FieldKind | undefined {
  const code = path.startsWith('item.') ? path.slice('item.'.length) : path;
  const spec = specOfPath(code, scope);
  if (spec !== undefined) return spec.kind;
  if (clock.includes(code) || code === 'signal.occurredAt') return 'dateTime';
  const [head = '', name = '', ...more] = code.split('.');
  return clientHeads.includes(head) && more.length === 0 ? clientKinds[name] : undefined;
}

/** The field of the item, of its client or of an item tied to it that a path leads to. */
export function specOfPath(
  path: string,
  { fields, clientFields = [], tiedFields = {} }: NameScope,
): FieldSpec | undefined {
  const [head = '', name, ...more] = (path.startsWith('item.') ? path.slice('item.'.length) : path).split('.');
  if (name === undefined) return findFieldSpec(fields, head);
  if (more.length > 0) return undefined;
  if (head === 'task') return findFieldSpec(taskFields, name);
  return clientHeads.includes(head)
    ? clientFields.find(({ code }) => code === name)
    : findFieldSpec(tiedFields[head] ?? [], name);
}

const clientHeads: readonly string[] = ['client', 'contact', 'company'];
const clientKinds: Readonly<Partial<Record<string, FieldKind>>> = {
  email: 'email',
  emails: 'email',
  phone: 'phone',
  phones: 'phone',
};

const neverNumbers: ReadonlySet<string> = new Set([
  'date',
  'dateTime',
  'yesNo',
  'person',
  'client',
  'link',
  'email',
  'address',
]);
const people: readonly string[] = ['client', 'contact', 'company', 'responsible', 'creator'];

/** Whether a path is a day, a moment, a person, an address: nothing to count with, whatever the item. */
export function isNoNumber(path: readonly string[], scope: NameScope): boolean {
  const [head = '', ...rest] = path[0] === 'item' ? path.slice(1) : path;
  if (isTiedType(head, scope) && rest.length === 1) return isNoNumber(rest, { fields: scope.tiedFields?.[head] ?? [] });
  if (rest.length > 0) return head === 'signal' && rest[0] === 'occurredAt';
  const spec = findFieldSpec(scope.fields, head);
  return people.includes(head) || neverNumbers.has(kindOfPath(head, scope) ?? '') || spec?.kind === 'multiChoice';
}

/** Whether a path that begins so leads to a tied item: the standard types, and those whose fields are known. */
export function isTiedType(head: string, { tiedFields = {} }: NameScope): boolean {
  return standardTypes.includes(head) || Object.hasOwn(tiedFields, head);
}

type Reason = (rest: readonly string[], scope: NameScope) => string | null;

const oneOf =
  (names: readonly string[], what: string): Reason =>
  ([name = '']) =>
    names.includes(name) ? null : `${what} has no "${name}"`;
const client: Reason = (rest, { clientFields = [] }) =>
  oneOf([...clientNames, ...clientFields.map(({ code }) => code)], 'The client')(rest, { fields: [] });

const roots: Readonly<Record<string, Reason>> = {
  client,
  contact: client,
  company: client,
  responsible: oneOf(personNames, 'The responsible'),
  creator: oneOf(personNames, 'The creator'),
  signal: signalReason,
  task: taskReason,
  rules: resultReason,
};

function fieldReason(code: string, { fields }: NameScope): string | null {
  if (standardNames.includes(code) || clock.includes(code) || findFieldSpec(fields, code) !== undefined) return null;
  return reasonNotYet(code) ?? `The item has no field "${code}"`;
}

const partsOfLists = ['size', 'first', 'last'];

function partReason([code = '', part = '']: readonly string[], { fields }: NameScope): string | null {
  const isMoney = code === 'amount' || findFieldSpec(fields, code)?.kind === 'money';
  return oneOf([...(isMoney ? ['amount', 'currency'] : []), ...partsOfLists], code)([part], { fields });
}

function tiedReason([type = '', ...path]: readonly string[], { tiedFields = {} }: NameScope): string | null {
  const scope = { fields: tiedFields[type] ?? [] };
  const [code = ''] = path;
  if (fieldReason(code, scope) !== null) return `The ${type} has no field "${code}"`;
  return path.length === 1 ? null : partReason(path, scope);
}

function reasonNotYet(name: string): string | null {
  return Object.hasOwn(notYet, name) ? (notYet[name] ?? null) : null;
}

function signalReason([name = '']: readonly string[], { signals = [] }: NameScope): string | null {
  const kinds = signals.length === 0 ? signalKinds : signals.flatMap((kind) => findSignalKind(kind) ?? []);
  const known = ['id', 'kind', 'occurredAt'].includes(name) || kinds.some((kind) => kind.names.includes(name));
  return known ? null : `The signal has no "${name}"`;
}

function taskReason([name = '']: readonly string[], { signals = [] }: NameScope): string | null {
  if (signals.length > 0 && !signals.includes(TASK_SIGNAL)) return 'Only what happens to a task tells of a task';
  return findFieldSpec(taskFields, name) === undefined ? `The task has no "${name}"` : null;
}

function resultReason([rule = '', name]: readonly string[], { results = {} }: NameScope): string | null {
  const names = Object.hasOwn(results, rule) ? results[rule] : undefined;
  if (names === undefined) return `There is no rule "${rule}" on this stage whose results could be used`;
  return name === undefined || names.includes(name) ? null : `The rule "${rule}" gives no "${name}"`;
}
