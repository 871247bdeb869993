import type { FieldLimit } from '@signalbox/contract/people/rights.ts';
import type { Rights } from '../platform/context.ts';
import { type FieldError, UserError } from '../platform/errors.ts';
import { hasWhole } from './sees-everything.ts';

/** A field of a type of item, of `contact` or of `company`. */
export interface OwnedField {
  readonly owner: string;
  readonly code: string;
}

/** What somebody's roles hold back of a field. Without rights - automation, the command line - nothing is (docs/rights.md). */
export function limitOf(rights: Rights | undefined, { owner, code }: OwnedField): FieldLimit | undefined {
  if (rights === undefined || !Object.hasOwn(rights.fields, owner)) return undefined;
  const limits = rights.fields[owner] ?? {};
  if (Object.hasOwn(limits, code)) return limits[code];
  // In another currency it would be another amount.
  return code === 'currency' && Object.hasOwn(limits, 'amount') ? 'read-only' : undefined;
}

export function hidesField(rights: Rights | undefined, field: OwnedField): boolean {
  return limitOf(rights, field) === 'hidden';
}

/** Whether anything of these types is hidden; left out: anything at all. */
export function hidesAny({ fields }: Rights, owners: readonly string[] = Object.keys(fields)): boolean {
  return owners.some((owner) => Object.hasOwn(fields, owner) && Object.values(fields[owner] ?? {}).includes('hidden'));
}

/** Values by field code, without those that are hidden. */
export function seenValues<T>(
  rights: Rights | undefined,
  owner: string,
  values: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  if (rights === undefined || !hidesAny(rights, [owner])) return values;
  return Object.fromEntries(Object.entries(values).filter(([code]) => !hidesField(rights, { owner, code })));
}

/** The fields that a name of conditions and texts may lead to: `amount`, `item.amount.currency`, `client.size`, `invoice.dueDate`. */
export function fieldsNamed(path: readonly string[], type: string): OwnedField[] {
  const [head = '', code] = withoutItem(path);
  const owners = head === 'client' ? ['contact', 'company'] : [head];
  return [{ owner: type, code: head }, ...(code === undefined ? [] : owners.map((owner) => ({ owner, code })))];
}

export function hidesNamed(rights: Rights | undefined, path: readonly string[], type: string): boolean {
  return fieldsNamed(path, type).some((field) => hidesField(rights, field)) || isOfUnreadClient(rights, path);
}

/** The same of what has been noted: whose tied item a value came from is not, so that all of its type have to be seen. */
export function mayHide(rights: Rights | undefined, path: readonly string[], type: string): boolean {
  return hidesNamed(rights, path, type) || (rights !== undefined && isTied(path) && !hasWhole(rights, 'read'));
}

const clientHeads: readonly string[] = ['client', 'contact', 'company'];
/** What the names of conditions and texts begin with that leads to no tied item. */
const ownHeads: readonly string[] = [...clientHeads, 'amount', 'responsible', 'creator', 'signal', 'rules'];
const partsOfLists: readonly string[] = ['size', 'first', 'last'];

const withoutItem = (path: readonly string[]) => (path[0] === 'item' ? path.slice(1) : path);

// The parts of a custom field with money look the same, and are held back too.
function isTied(path: readonly string[]): boolean {
  const [head = '', code] = withoutItem(path);
  return code !== undefined && !ownHeads.includes(head) && !partsOfLists.includes(code);
}

/** Whoever reads no clients sees what they are called, and nothing else of them. */
function isOfUnreadClient(rights: Rights | undefined, path: readonly string[]): boolean {
  const [head = '', code] = withoutItem(path);
  const isCalled = code === undefined || ['name', 'firstName', 'lastName', 'id', 'kind'].includes(code);
  return rights?.clients.read === 'none' && clientHeads.includes(head) && !isCalled;
}

/** What is asked of a field that one may not see: a filter, an order, a text; `path` says where. */
export function fieldNotSeen(path: string, field: string): UserError {
  return heldBack([{ path, ...limitError('hidden', field) }]);
}

/** Whether somebody may fill in all these fields of a record: 403 with the path of each that they may not change, or see. */
export function checkMayFill(
  rights: Rights | undefined,
  owner: string,
  given: readonly { readonly code: string; readonly path: string }[],
): void {
  const errors = given.flatMap(({ code, path }): FieldError[] => {
    const limit = limitOf(rights, { owner, code });
    return limit === undefined ? [] : [{ path, ...limitError(limit, code) }];
  });
  if (errors.length > 0) throw heldBack(errors);
}

/** The mistake of filling in a field that is held back. */
export function limitError(limit: FieldLimit, field: string): Omit<FieldError, 'path'> {
  if (limit === 'hidden')
    return { code: 'hidden-field', message: `Your roles do not let you see the field ${field}`, params: { field } };
  return {
    code: 'read-only-field',
    message: `Your roles do not let you change the field ${field}`,
    params: { field },
  };
}

function heldBack(errors: readonly FieldError[]): UserError {
  const [first] = errors;
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  const detail = `${where}${first?.message ?? ''}`;
  return new UserError({ status: 403, code: 'no-field', title: 'Not allowed', detail, errors });
}
