import { fieldKindOf } from '../../field-kinds/index.ts';
import type { FieldKind } from '../../values/values.ts';
import type { ConditionPart } from '../condition.ts';
import { kindOfPath, type NameScope, specOfPath } from '../names.ts';
import { askedSpans } from './asked-spans.ts';
import { areChangesApart, doChangesFollow } from './changes-apart.ts';
import type { Literal } from './literals.ts';
import { areApart, isInside } from './spans.ts';
import { areValuesApart } from './values-apart.ts';
import { areWordsApart, doWordsFollow } from './words-apart.ts';

/** Whether two demands on one field, or on it and on what it leads to, can never be met together; false also when nobody knows. */
export function excludes(a: Literal, b: Literal, scope: NameScope): boolean {
  if (a.isTrue !== b.isTrue && a.part.field === b.part.field && isSameQuestion(a.part, b.part)) return true;
  if (lacks(a, b) || lacks(b, a)) return true;
  if (a.part.field !== b.part.field) return false;
  const kind = kindOfPath(a.part.field, scope) ?? kinds[a.part.field];
  if (kind === undefined || !(a.isTrue || b.isTrue) || !isPlain(a.part) || !isPlain(b.part)) return false;
  if (a.isTrue && b.isTrue)
    return !holdsSeveral(a.part.field, kind, scope) && areBothApart(a.part, b.part, { kind, scope });
  // Of several values too: one is as the first wants it, none may be as the second does.
  return a.isTrue ? follows(a.part, b.part, kind) : follows(b.part, a.part, kind);
}

/** What no field says the kind of. */
const kinds: Readonly<Record<string, FieldKind>> = {
  ...{ 'client.name': 'text', 'client.firstName': 'text', 'client.lastName': 'text' },
  ...{ 'contact.name': 'text', 'contact.firstName': 'text', 'contact.lastName': 'text', 'company.name': 'text' },
  ...{ 'signal.kind': 'text', stage: 'text', currency: 'text', type: 'text', id: 'number' },
};

// A list where one value belongs is compared in a way of its own.
function isPlain({ is, value }: ConditionPart): boolean {
  return !Array.isArray(value) || value.length === 1 || lists.includes(is);
}
const lists: readonly ConditionPart['is'][] = ['in', 'contains', 'between', 'weekday', 'time of day'];

function isSameQuestion(a: ConditionPart, b: ConditionPart): boolean {
  const asked = ({ is, value, matchCase }: ConditionPart) => JSON.stringify([is, value, matchCase === true]);
  return asked(a) === asked(b);
}

/** Wants nothing where the other wants something, or a client that there is not where the other wants its name. */
function lacks({ part, isTrue }: Literal, other: Literal): boolean {
  if (part.is !== 'is filled' || isTrue || !wantsSomething(other)) return false;
  return other.part.field === part.field || other.part.field.startsWith(`${part.field}.`);
}

// Of an empty field nothing is true but that it is empty, and that it was changed.
function wantsSomething({ part, isTrue }: Literal): boolean {
  return isTrue && part.is !== 'changed';
}

function holdsSeveral(field: string, kind: FieldKind, scope: NameScope): boolean {
  const isList = /\.(emails|phones)$/.test(field);
  return isList || specOfPath(field, scope)?.multiple === true || fieldKindOf[kind].holds === 'several';
}

interface Field {
  readonly kind: FieldKind;
  readonly scope: NameScope;
}

function areBothApart(a: ConditionPart, b: ConditionPart, { kind, scope }: Field): boolean {
  if (a.is === 'changed' || b.is === 'changed')
    return a.is === b.is && areChangesApart(a, b, (from, to) => areBothApart(from, to, { kind, scope }));
  const [one, other] = [askedSpans(a, kind), askedSpans(b, kind)];
  if (one !== undefined && other !== undefined && one.scale === other.scale)
    return one.spans.every((span) => other.spans.every((also) => areApart(span, also)));
  if (kind === 'text' && areWordsApart(a, b)) return true;
  if (!isEquality(a) || !isEquality(b)) return false;
  const apart = areValuesApart(kind, specOfPath(a.field, scope));
  const values = [b.value].flat();
  return [a.value].flat().every((value) => values.every((also) => apart(value, also)));
}

const isEquality = ({ is }: ConditionPart) => is === 'equals' || is === 'in';

/** Whether whatever is as the first wants it is as the second does. */
function follows(a: ConditionPart, b: ConditionPart, kind: FieldKind): boolean {
  if (a.is === 'changed' || b.is === 'changed') return a.is === b.is && doChangesFollow(a, b);
  const [one, other] = [askedSpans(a, kind), askedSpans(b, kind)];
  if (one !== undefined && other !== undefined && one.scale === other.scale && !other.isWide)
    return one.spans.every((span) => other.spans.some((also) => isInside(span, also)));
  if (kind === 'text' && doWordsFollow(a, b)) return true;
  if (!isEquality(a) || !isEquality(b) || b.matchCase === true) return false;
  const values = [b.value].flat().map(String);
  return [a.value].flat().every((value) => values.includes(String(value)));
}
