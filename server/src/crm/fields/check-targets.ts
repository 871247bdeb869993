import type { FieldSpec, FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { parseClientRef } from '@signalbox/contract/fields.ts';
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

/** A mistake for each value that names a client, an item or a file that this workspace does not have; its files are used now. */
export async function findMissingTargets(
  tx: Tx,
  values: Readonly<Record<string, FieldValue>>,
  specs: readonly FieldSpec[],
): Promise<MissingTarget[]> {
  const targets = Object.entries(values).flatMap(([code, value]) => targetsOf(specs, { code, value }));
  if (targets.length === 0) return [];
  const isKnown = await loadKnownTargets(tx, targets);
  return targets
    .filter((target) => !isKnown(target))
    .map(({ code, kind, value }) => ({
      path: `fields.${code}`,
      code: `unknown-${kind}`,
      message: `There is no ${words[kind](value)} here`,
      params: { target: words[kind](value), field: code },
    }));
}

/** Which of them there are. */
export async function loadKnownTargets(tx: Tx, targets: readonly Target[]): Promise<(target: Target) => boolean> {
  const known = {
    client: await knownClients(tx, of(targets, 'client')),
    item: await knownItems(tx, of(targets, 'item')),
    file: new Set((await useFiles(tx, of(targets, 'file').filter(isId))).map(({ id }): FieldValue => id)),
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
  if (!spec?.custom || value === null) return [];
  const { kind } = spec;
  if (!isTargetKind(kind)) return [];
  const all: readonly FieldValue[] = isList(value) ? value : [value];
  return all.map((one) => ({ code, kind, value: one }));
}

function of(targets: readonly Target[], kind: Target['kind']): FieldValue[] {
  return targets.filter((one) => one.kind === kind).map(({ value }) => value);
}

async function knownClients(tx: Tx, values: readonly FieldValue[]): Promise<ReadonlySet<FieldValue>> {
  const found = await findClientsById(
    tx,
    values.flatMap((value) => parseClientRef(value) ?? []),
  );
  return new Set(found.map(({ kind, id }) => `${kind}:${id}`));
}

async function knownItems(tx: Tx, values: readonly FieldValue[]): Promise<ReadonlySet<FieldValue>> {
  return listKnownItems(tx, values.filter(isId));
}

function isId(value: FieldValue): value is number {
  return Number.isSafeInteger(value);
}

function isList(
  value: FieldValue,
): value is Exclude<FieldValue, string | number | boolean | null> & readonly FieldValue[] {
  return Array.isArray(value);
}
