import { foldedName } from '@signalbox/automation/kit/definitions/match.ts';
import { type ReferenceKind, referenceKind } from '@signalbox/contract/automation/references.ts';
import { channelKind } from '@signalbox/contract/channels/channels.ts';
import { listChannelReferences } from '../connections/channels.store.ts';
import type { Tx } from '../platform/db.ts';

/** A thing of the workspace that settings may name. */
export interface Reference {
  readonly id: number;
  readonly name: string;
  /** What else it may be called by: an address, a number. */
  readonly also?: readonly string[];
}

/** All that may be chosen, in the order in which a form offers it. */
export type ReferenceSource = (tx: Tx) => Promise<readonly Reference[]>;
export type ReferenceSources = Readonly<Partial<Record<ReferenceKind, ReferenceSource>>>;

// Rooms below the parts look here, since they cannot look up; compose/parts.ts adds what the parts offer when it is loaded.
const sources = new Map<ReferenceKind, ReferenceSource>(
  channelKind.options.map((kind) => [kind, (tx) => listChannelReferences(tx, kind)]),
);

/** A kind has one source: throws for a second one. */
export function offerReferences(offered: ReferenceSources): void {
  for (const kind of referenceKind.options) {
    const source = offered[kind];
    if (source === undefined) continue;
    if (sources.has(kind)) throw new Error(`${kind} has a source already`);
    sources.set(kind, source);
  }
}

/** Undefined while nothing of that kind can be made: then nothing can be said about what names it. */
export async function listReferences(tx: Tx, kind: ReferenceKind): Promise<readonly Reference[] | undefined> {
  return sources.get(kind)?.(tx);
}

/** Everything by which settings may name one of them, as `foldedName` writes it; undefined as above. */
export async function listReferenceNames(tx: Tx, kind: ReferenceKind): Promise<ReadonlySet<string> | undefined> {
  const all = await listReferences(tx, kind);
  return all && new Set(all.flatMap(({ id, name, also = [] }) => [String(id), name, ...also]).map(foldedName));
}
