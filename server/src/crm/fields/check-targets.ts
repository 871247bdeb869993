import type { FieldSpec, FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { parseClientRef } from '@signalbox/contract/fields.ts';
import { listSeenFiles } from '../../access/access-file.ts';
import { readableIds } from '../../access/access-item.ts';
import { listReadableClients } from '../../access/reachable-clients.store.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import type { FieldError } from '../../platform/errors.ts';
import { useFiles } from '../../platform/files/files.store.ts';
import { findClientsById } from '../client-book/find-clients.store.ts';
import { listKnownItems } from '../facts/known-items.store.ts';

export interface Target {
  readonly kind: 'client' | 'item' | 'file';
  readonly value: FieldValue;
}

type Named = Target & { readonly code: string };

export interface MissingTarget extends FieldError {
  readonly params: { readonly target: string; readonly field: string };
}

interface Naming {
  readonly specs: readonly FieldSpec[];
  /** Whoever names them; left out: automation, which sees what the workspace has. */
  readonly rights?: Rights | undefined;
  /** By field, what stands there already: it may stay, whoever sees it. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A mistake for each value that names a client, an item or a file that this workspace does not have, or that is not there for
 * whoever names it; its files are used now.
 */
export async function findMissingTargets(
  tx: Tx,
  values: Readonly<Record<string, FieldValue>>,
  { specs, rights, before = {} }: Naming,
): Promise<MissingTarget[]> {
  const named = Object.entries(values).flatMap(([code, value]) => targetsOf(specs, { code, value }));
  const targets = named.filter(({ code, value }) => ![before[code]].flat().includes(value));
  if (targets.length === 0) return [];
  const isKnown = await loadKnownTargets(tx, targets, rights);
  return targets
    .filter((target) => !isKnown(target))
    .map(({ code, kind, value }) => ({
      path: `fields.${code}`,
      code: `unknown-${kind}`,
      message: `There is no ${words[kind](value)} here`,
      params: { target: words[kind](value), field: code },
    }));
}

/** Which of them there are, for whoever names them. */
export async function loadKnownTargets(
  tx: Tx,
  targets: readonly Target[],
  rights: Rights | undefined,
): Promise<(target: Target) => boolean> {
  const known = {
    client: await knownClients(tx, of(targets, 'client'), rights),
    item: await knownItems(tx, of(targets, 'item'), rights),
    file: await knownFiles(tx, of(targets, 'file'), rights),
  };
  return ({ kind, value }) => known[kind].has(value);
}

export function isTargetKind(kind: FieldSpec['kind']): kind is Target['kind'] {
  return kind === 'client' || kind === 'item' || kind === 'file';
}

const words = {
  client: (value: FieldValue) => `client ${String(value).replace(':', ' ')}`,
  item: (value: FieldValue) => `item ${String(value)}`,
  file: (value: FieldValue) => `file ${String(value)}`,
};

function targetsOf(specs: readonly FieldSpec[], { code, value }: { code: string; value: FieldValue }): Named[] {
  const spec = specs.find((one) => one.code === code);
  if (spec === undefined || value === null) return [];
  const { kind } = spec;
  if (!isTargetKind(kind)) return [];
  const all: readonly FieldValue[] = isList(value) ? value : [value];
  // The item's own contact and company are kept as plain ids.
  return all.map((one) => ({ code, kind, value: spec.custom ? one : `${code}:${String(one)}` }));
}

function of(targets: readonly Target[], kind: Target['kind']): FieldValue[] {
  return targets.filter((one) => one.kind === kind).map(({ value }) => value);
}

type Values = readonly FieldValue[];
type Known = Promise<ReadonlySet<FieldValue>>;

async function knownClients(tx: Tx, values: Values, rights: Rights | undefined): Known {
  const named = values.flatMap((value) => parseClientRef(value) ?? []);
  const found = await findClientsById(tx, named);
  const idsOf = (wanted: 'contact' | 'company') => found.flatMap(({ kind, id }) => (kind === wanted ? [id] : []));
  const readable = async (kind: 'contact' | 'company') =>
    rights === undefined ? new Set(idsOf(kind)) : listReadableClients(tx, rights, { kind, ids: idsOf(kind) });
  const [contacts, companies] = [await readable('contact'), await readable('company')];
  return new Set([...[...contacts].map((id) => `contact:${id}`), ...[...companies].map((id) => `company:${id}`)]);
}

async function knownItems(tx: Tx, values: Values, rights: Rights | undefined): Known {
  const ids = values.filter(isId);
  return rights === undefined ? listKnownItems(tx, ids) : readableIds(tx, { rights }, ids);
}

async function knownFiles(tx: Tx, values: Values, rights: Rights | undefined): Known {
  const ids = values.filter(isId);
  const seen = rights === undefined ? ids : await listSeenFiles(tx, rights, ids);
  return new Set((await useFiles(tx, seen)).map(({ id }): FieldValue => id));
}

function isId(value: FieldValue): value is number {
  return Number.isSafeInteger(value);
}

function isList(
  value: FieldValue,
): value is Exclude<FieldValue, string | number | boolean | null> & readonly FieldValue[] {
  return Array.isArray(value);
}
