import { findSignalKind, type SignalKind, signalKinds } from '../signals/index.ts';
import type { FieldKind, FieldSpec } from './values.ts';
import { findFieldSpec } from './values.ts';

/** What conditions and templates may name. */
export interface NameScope {
  readonly fields: readonly FieldSpec[];
  readonly clientFields?: readonly FieldSpec[];
  /** The kinds of signal that can be there; none or absent: any kind. */
  readonly signals?: readonly SignalKind[];
  /** By rule id: the names of its results. */
  readonly results?: Readonly<Record<string, readonly string[]>>;
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
  'stage',
  'pipeline',
  'nextCall',
  'nextMeeting',
  'nextBooking',
  'url',
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
/** Things tied to an item; `{{ invoice.paymentDate }}` is the latest invoice's (semantics.md 5.6). */
export const tiedNames: readonly string[] = [
  'invoice',
  'order',
  'payment',
  'document',
  'booking',
  'visit',
  'task',
  'call',
  'meeting',
  'form',
  'products',
];

const clock = ['now', 'time'];

/** Why a path names nothing, or null when it is fine. */
export function whyUnknown(path: readonly string[], scope: NameScope): string | null {
  const [head = '', ...rest] = path;
  if (head === 'item' && rest.length > 0) return fieldReason(rest, scope);
  if (rest.length === 0) return fieldReason(path, scope);
  const reason = roots[head];
  if (reason !== undefined) return reason(rest, scope);
  return tiedNames.includes(head) ? null : `"${head}" is not known`;
}

/** The kind of an item's field, for the checks of operators and values; undefined when it is free data. */
export function kindOfPath(path: string, scope: NameScope): FieldKind | undefined {
  const code = path.startsWith('item.') ? path.slice('item.'.length) : path;
  const spec = findFieldSpec(scope.fields, code);
  if (spec !== undefined) return spec.kind;
  return clock.includes(code) || code === 'signal.occurredAt' ? 'dateTime' : undefined;
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
  rules: resultReason,
};

function fieldReason([code = '', ...rest]: readonly string[], { fields }: NameScope): string | null {
  if (rest.length > 0 && (code === 'amount' || findFieldSpec(fields, code)?.kind === 'money'))
    return oneOf(['amount', 'currency'], code)(rest, { fields });
  if (standardNames.includes(code) || clock.includes(code) || findFieldSpec(fields, code) !== undefined) return null;
  return `The item has no field "${code}"`;
}

function signalReason([name = '']: readonly string[], { signals = [] }: NameScope): string | null {
  const kinds = signals.length === 0 ? signalKinds : signals.flatMap((kind) => findSignalKind(kind) ?? []);
  const known = ['id', 'kind', 'occurredAt'].includes(name) || kinds.some((kind) => kind.names.includes(name));
  return known ? null : `The signal has no "${name}"`;
}

function resultReason([rule = '', name]: readonly string[], { results = {} }: NameScope): string | null {
  const names = Object.hasOwn(results, rule) ? results[rule] : undefined;
  if (names === undefined) return `There is no rule "${rule}" on this stage whose results could be used`;
  return name === undefined || names.includes(name) ? null : `The rule "${rule}" gives no "${name}"`;
}
