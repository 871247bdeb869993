import type { Board, BoundRule, BoundTrigger } from '@signalbox/automation/engine/board.ts';
import { foldedName } from '@signalbox/automation/kit/definitions/match.ts';
import type { Problem } from '@signalbox/automation/kit/settings/problems.ts';
import type { Control } from '@signalbox/automation/kit/settings/setting.ts';
import { parsePersonRef, readPersonRef } from '@signalbox/automation/kit/values/people.ts';
import { findFieldSpec, isRecord } from '@signalbox/automation/kit/values/values.ts';
import { referenceKind } from '@signalbox/contract/automation/references.ts';
import { channelKind } from '@signalbox/contract/channels/channels.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import { listReferenceNames } from '../../parts/references.ts';
import type { Tx } from '../../platform/db.ts';
import { useFiles } from '../../platform/files/files.store.ts';

/** Broken references that only the workspace can tell: people, departments, roles, files, and what the parts keep: channels, forms, templates … (semantics.md 8.1). */
export async function checkReferences(tx: Tx, board: Board, reference: Reference): Promise<Problem[]> {
  const wanted = board.rules.flatMap(({ settings }) => numbersIn(settings.attachments, 'files'));
  // What a saved rule attaches is used; a file that is only uploaded is cleared away one day.
  const files = new Set((await useFiles(tx, wanted)).map(({ id }) => id));
  const known: Known = { board, reference, files, names: await loadNames(tx, board) };
  return [
    ...board.triggers.flatMap((trigger) => [
      ...personProblems(trigger.as, ['triggers', trigger.position, 'as'], known),
      ...settingProblems(trigger, 'triggers', known),
    ]),
    ...board.rules.flatMap((rule) => settingProblems(rule, 'rules', known)),
  ];
}

interface Known {
  readonly board: Board;
  readonly reference: Reference;
  readonly files: ReadonlySet<number>;
  /** By kind of what settings choose from: how each may be named, in lower case. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
}

function settingProblems(entry: BoundTrigger | BoundRule, list: 'triggers' | 'rules', known: Known): Problem[] {
  return Object.entries(entry.definition.fields).flatMap(([name, { control, of }]) => {
    const value = entry.settings[name];
    const path = [list, entry.position, 'settings', name];
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (control === 'person' || control === 'people')
      return all.flatMap((one) => (typeof one === 'string' ? personProblems(one, path, known) : []));
    if (isReference(control)) return all.flatMap((one) => referenceProblems(one, { path, kind: of ?? '', known }));
    if (control === 'attachments') return attachmentProblems(value, path, known);
    return [];
  });
}

function personProblems(text: string, path: Problem['path'], { board, reference }: Known): Problem[] {
  const ref = parsePersonRef(text);
  const { directory } = reference.workspace;
  if (ref === undefined || directory === undefined) return [];
  const { is, name } = readPersonRef(ref);
  const wanted = name ?? '';
  const kinds: Partial<Record<typeof is, { readonly what: string; readonly known: boolean }>> = {
    email: { what: 'employee', known: directory.byEmail[wanted] !== undefined },
    department: { what: 'department', known: directory.departments[wanted] !== undefined },
    head: { what: 'department', known: directory.departments[wanted] !== undefined },
    role: { what: 'role', known: directory.roles[wanted] !== undefined },
    field: { what: 'person field', known: findFieldSpec(board.fields, wanted)?.kind === 'person' },
  };
  const kind = kinds[is];
  if (kind === undefined || kind.known) return [];
  return [
    { path, code: `unknown-${kind.what.replace(' ', '-')}`, message: `There is no ${kind.what} "${wanted}" here` },
  ];
}

const isReference = (control: Control) => control === 'channel' || control === 'channels' || control === 'references';

/** Of the kinds that the board names; one that nothing can be made of yet is left out. */
async function loadNames(tx: Tx, { triggers, rules }: Board): Promise<Map<string, ReadonlySet<string>>> {
  const settings = [...triggers, ...rules].flatMap(({ definition }) => Object.values(definition.fields));
  const wanted = new Set(settings.flatMap(({ control, of }) => (isReference(control) ? (of ?? []) : [])));
  const names = new Map<string, ReadonlySet<string>>();
  for (const kind of referenceKind.options.filter((one) => wanted.has(one))) {
    const known = await listReferenceNames(tx, kind);
    if (known !== undefined) names.set(kind, known);
  }
  return names;
}

function referenceProblems(
  value: unknown,
  { path, kind, known }: { readonly path: Problem['path']; readonly kind: string; readonly known: Known },
): Problem[] {
  const names = known.names.get(kind);
  if (names === undefined || (typeof value !== 'string' && typeof value !== 'number')) return [];
  if (names.has(foldedName(String(value)))) return [];
  const code = channelKind.options.some((one) => one === kind) ? 'unknown-channel' : 'unknown-reference';
  return [{ path, code, message: `There is no ${kind} ${value} here` }];
}

function attachmentProblems(value: unknown, path: Problem['path'], { board, files }: Known): Problem[] {
  const fields = isRecord(value) && Array.isArray(value.fields) ? value.fields.map(String) : [];
  return [
    ...fields
      .filter((code) => findFieldSpec(board.fields, code)?.kind !== 'file')
      .map((code) => ({ path, code: 'unknown-file-field', message: `There is no file field "${code}" here` })),
    ...numbersIn(value, 'files')
      .filter((id) => !files.has(id))
      .map((id) => ({ path, code: 'unknown-file', message: `The file ${id} is not there; choose another` })),
  ];
}

function numbersIn(value: unknown, key: string): number[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'number') : [];
}
