import { foldedName } from '../../kit/definitions/match.ts';
import type { Directory, WorkspaceFacts } from '../../kit/facts.ts';
import type { PathStep } from '../../kit/settings/problems.ts';
import { isPersonRef, type PersonRef, readPersonRef } from '../../kit/values/people.ts';
import { type FieldSpec, findFieldSpec } from '../../kit/values/values.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import type { Finding } from './finding.ts';

/** What there is outside the board; what is left out is not checked. */
export interface Known {
  readonly directory?: Directory;
  /** The workspace's currency and its rates. */
  readonly money?: Pick<WorkspaceFacts, 'currency' | 'rates'>;
  /** Kinds of channels of which one is connected and switched on. */
  readonly connected?: readonly string[];
  /** By what is chosen from (`mailbox`, `phone-line`, `form` …): ids and names. */
  readonly references?: Readonly<Partial<Record<string, readonly (number | string)[]>>>;
}

/** People, channels and other things that settings name and that are not there (semantics.md 8.1, broken references). */
export function brokenReferences(board: Board, known: Known): readonly Finding[] {
  return [
    ...board.triggers.flatMap((trigger) => [
      ...personFindings(trigger.as, { placed: trigger, path: ['triggers', trigger.position, 'as'], board, known }),
      ...settingFindings(trigger, { placed: trigger, path: ['triggers', trigger.position, 'settings'], board, known }),
    ]),
    ...board.rules.flatMap((rule) =>
      settingFindings(rule, { placed: rule, path: ['rules', rule.position, 'settings'], board, known }),
    ),
  ];
}

interface Place {
  readonly placed: BoundTrigger | BoundRule;
  readonly path: readonly PathStep[];
  readonly board: Board;
  readonly known: Known;
}

function settingFindings({ definition, settings }: BoundTrigger | BoundRule, place: Place): readonly Finding[] {
  return Object.entries(definition.fields).flatMap(([name, { control, of }]) => {
    const at = { ...place, path: [...place.path, name] };
    const values = listOf(settings[name]);
    if (control === 'person' || control === 'people')
      return values.flatMap((value) => personFindings(String(value), at));
    return of === null ? [] : values.flatMap((value) => thingFindings(value, of, at));
  });
}

function personFindings(ref: string, place: Place): readonly Finding[] {
  const reason = isPersonRef(ref) ? whyNobody(ref, place.board.fields, place.known.directory) : `"${ref}" is no person`;
  return reason === null ? [] : [broken(place, 'unknown-person', reason)];
}

function thingFindings(value: unknown, of: string, place: Place): readonly Finding[] {
  const there = place.known.references?.[of]?.map((name) => foldedName(String(name)));
  if (there === undefined || value === null || there.includes(foldedName(String(value)))) return [];
  return [broken(place, 'unknown-reference', `There is no ${of} "${String(value)}"`)];
}

function whyNobody(ref: PersonRef, fields: readonly FieldSpec[], directory: Directory | undefined): string | null {
  const { is, name } = readPersonRef(ref);
  if (name === null) return null;
  if (is === 'field')
    return findFieldSpec(fields, name)?.kind === 'person' ? null : `The item has no person field "${name}"`;
  if (directory === undefined) return null;
  const there = {
    email: directory.byEmail,
    role: directory.roles,
    department: directory.departments,
    head: directory.heads,
  };
  const list = is === 'email' || is === 'role' || is === 'department' || is === 'head' ? there[is] : {};
  return Object.hasOwn(list, name) ? null : `There is no ${is === 'email' ? 'employee' : is} "${name}"`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function broken({ placed, path }: Place, code: string, reason: string): Finding {
  return { severity: 'error', code, path, message: `"${placed.name}": ${reason}`, ids: [placed.id] };
}
