import { isDeepStrictEqual } from 'node:util';
import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { normalPhone } from '@signalbox/automation/kit/values/phones.ts';
import { addedTo } from '@signalbox/automation/kit/values/spellings.ts';
import { type FieldValue, isEmpty, isMoney, type Scalar } from '@signalbox/automation/kit/values/values.ts';
import type { ClientRow } from '../../../crm/client-book/clients.store.ts';
import type { ClientBody } from '../../../crm/clients/save-client.ts';
import { readValues } from '../../../crm/facts/read-values.ts';
import type { ItemRow } from '../../../crm/items/items.store.ts';
import { fillable } from '../job/import-plan.ts';
import { currencyOf, type RowInput, textOf, textsOf, type World } from './import-world.ts';
import type { TiedClients } from './tie-clients-of-rows.ts';

// What a row changes of a record that is here. A column that is not there changes nothing, nor does an empty cell, unless
// empty ones clear; lists are added to, unless they are replaced; a name is never made of something else.

/** A row with whom it is with. */
export interface TiedRow {
  readonly given: RowInput;
  readonly tied: Pick<TiedClients, 'contactId' | 'companyId'>;
}

/** What a row gives a contact or company that it has not, as a body of a save. */
export function clientChanges(world: World, before: ClientRow, { given, tied }: TiedRow): ClientBody {
  const responsible = personChange(world, before.responsibleId, given);
  const company = clientChange(world, before.companyId, { id: tied.companyId, kind: 'company', given });
  const emails = addressChange(world, before.emails, { to: 'email', given });
  const phones = addressChange(world, before.phones, { to: 'phone', given });
  const fields = fieldChanges(world, before.fields, given);
  return {
    ...nameChanges(world, before, given),
    ...(responsible !== undefined && { responsible }),
    ...(company !== undefined && { company }),
    ...(emails !== undefined && { emails }),
    ...(phones !== undefined && { phones }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}

/** What a row gives an item that it has not, by field code; the stage is a move of its own. */
export function itemChanges(world: World, before: ItemRow, { given, tied }: TiedRow): Record<string, FieldValue> {
  const title = textOf(given, 'title');
  const responsible = personChange(world, before.responsibleId, given);
  const contact = clientChange(world, before.contactId, { id: tied.contactId, kind: 'contact', given });
  const company = clientChange(world, before.companyId, { id: tied.companyId, kind: 'company', given });
  return {
    ...fieldChanges(world, before.fields, given),
    ...(title !== null && title.trim() !== before.title && { title: title.trim().slice(0, 500) }),
    ...amountChanges(world, before, given),
    ...(responsible !== undefined && { responsible }),
    ...(contact !== undefined && { contact }),
    ...(company !== undefined && { company }),
  };
}

// Where the name is the two parts together it stays so; one of its own (`Dr Cleo Client`) is changed by its column alone.
function nameChanges(world: World, before: ClientRow, given: RowInput): ClientBody {
  const named = textOf(given, 'name')?.slice(0, 500);
  if (world.job.target === 'company') return named === undefined || named === before.name ? {} : { name: named };
  const firstName = partChange(world, before.firstName, { to: 'firstName', given });
  const lastName = partChange(world, before.lastName, { to: 'lastName', given });
  const parts = { ...(firstName !== undefined && { firstName }), ...(lastName !== undefined && { lastName }) };
  const isJoined = joined(before) === before.name && Object.keys(parts).length > 0;
  const name = named ?? (isJoined ? joined({ ...before, ...parts }) : before.name);
  // Said with the parts, or a save would make it of them.
  return { ...parts, ...((name !== before.name || Object.keys(parts).length > 0) && { name: name || before.name }) };
}

type Parts = Pick<ClientRow, 'firstName' | 'lastName'>;
const joined = ({ firstName, lastName }: Parts) =>
  [firstName, lastName].filter((part) => part !== null && part !== '').join(' ');

interface Part {
  readonly to: string;
  readonly given: RowInput;
}

function partChange(world: World, before: string | null, { to, given }: Part): string | null | undefined {
  const text = textOf(given, to);
  if (text !== null) return text === before ? undefined : text;
  return isCleared(world, given, to) && before !== null ? null : undefined;
}

function personChange(world: World, before: number | null, given: RowInput): number | null | undefined {
  const { responsible } = given.values;
  if (typeof responsible === 'number') return responsible === before ? undefined : responsible;
  return isCleared(world, given, 'responsible') && before !== null ? null : undefined;
}

interface ClientChange {
  /** Whom the row names; null: nobody, or whoever is there already. */
  readonly id: number | null;
  readonly kind: 'contact' | 'company';
  readonly given: RowInput;
}

function clientChange(
  world: World,
  before: number | null,
  { id, kind, given }: ClientChange,
): number | null | undefined {
  if (id !== null) return id === before ? undefined : id;
  const naming = world.columns.filter(({ to }) => to.startsWith(`${kind}.`));
  const areCleared = naming.length > 0 && naming.every(({ to }) => isCleared(world, given, to));
  return areCleared && before !== null ? null : undefined;
}

function addressChange(
  world: World,
  before: readonly string[],
  { to, given }: { to: 'email' | 'phone'; given: RowInput },
): string[] | undefined {
  const normal = (text: string) => (to === 'email' ? normalEmail(text) : normalPhone(text, world.country));
  const texts = textsOf(given, to);
  if (texts.length === 0) return isCleared(world, given, to) && before.length > 0 ? [] : undefined;
  const known = new Set(before.map(normal));
  const fresh = texts.filter((text) => !known.has(normal(text)));
  if (world.plan.lists === 'add') return fresh.length === 0 ? undefined : [...before, ...fresh];
  const isSame = isDeepStrictEqual([...known], [...new Set(texts.map(normal))]);
  return isSame ? undefined : texts;
}

/** The fields of one's own, and those that are kept beside them. */
function fieldChanges(
  world: World,
  fields: Readonly<Record<string, unknown>>,
  given: RowInput,
): Record<string, FieldValue> {
  const before = readValues(fields);
  const changes: Record<string, FieldValue> = {};
  for (const spec of fillable(world.job.target, world.reference)) {
    const { code } = spec;
    const old = before[code] ?? null;
    const value = given.values[code] ?? null;
    if (isCleared(world, given, code) && !isEmpty(old)) changes[code] = null;
    if (value === null) continue;
    const isAdded = takesSeveral(spec) && world.plan.lists === 'add';
    const next = isAdded
      ? addedTo(listOf(old), listOf(value), { kind: spec.kind, country: world.country })
      : inItsCurrency(old, value, given.bare.has(code));
    if (!isSame(old, next)) changes[code] = next;
  }
  return changes;
}

function listOf(value: FieldValue): readonly Scalar[] {
  if (value === null) return [];
  return isList(value) ? value : [value];
}

const isList = (value: FieldValue): value is readonly Scalar[] => Array.isArray(value);

// `5` is five of what the amount is in already.
function inItsCurrency(before: FieldValue, value: FieldValue, isBare: boolean): FieldValue {
  return isBare && isMoney(before) && isMoney(value) ? { ...value, currency: before.currency } : value;
}

function amountChanges(world: World, before: ItemRow, given: RowInput): Record<string, FieldValue> {
  const { amount } = given.values;
  const written = currencyOf(given);
  if (isMoney(amount)) {
    const own = given.bare.has('amount') ? (before.currency ?? world.reference.workspace.currency) : amount.currency;
    return { amount: { amount: amount.amount, currency: written ?? own } };
  }
  return {
    ...(isCleared(world, given, 'amount') && before.amount !== null && { amount: null }),
    ...(written !== undefined && written !== before.currency && { currency: written }),
  };
}

function isCleared({ plan }: Pick<World, 'plan'>, given: RowInput, to: string): boolean {
  return plan.emptyCells === 'clear' && given.empty.has(to);
}

function isSame(a: FieldValue, b: FieldValue): boolean {
  if (isMoney(a) && isMoney(b)) return a.currency === b.currency && Number(a.amount) === Number(b.amount);
  return isDeepStrictEqual(a, b);
}
