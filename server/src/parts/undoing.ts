import type { DeedKind, Deeds } from '@signalbox/automation/kit/definitions/deeds.ts';
import type { Chain } from '@signalbox/automation/kit/facts.ts';
import type { Reason } from '@signalbox/automation/kit/words/reasons.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';

/** What taking back stands on: the run that did it, its item locked, and the person who takes it back. */
export interface Undoing {
  readonly tx: Tx;
  readonly now: Date;
  readonly byId: number | null;
  readonly rights: Rights | undefined;
  readonly workspaceId: number;
  readonly item: { readonly id: number; readonly type: string };
  readonly run: { readonly id: number; readonly visitId: number };
  /** Nothing follows from what is taken back (semantics.md 7). */
  readonly chain: Chain;
  /** Fields that are set back although somebody has changed them since: the person was told. */
  readonly overwrite: ReadonlySet<string>;
}

/** What became of a part of a deed. */
export interface UndonePart {
  /** The code of a field, the title of a task, a text, a person: what it is about. */
  readonly about: string;
  /** As it stands now, and as it was before the run; of what is replaced. */
  readonly from?: unknown;
  readonly to?: unknown;
  /** Why it stays; null: it is taken back. */
  readonly reason: Reason | null;
}

/** Takes back one deed, in the undo's transaction, or says of each part why it stays. Throws UserError: then all of it stays. */
export type Undo<K extends DeedKind> = (undoing: Undoing, deed: Deeds[K]) => Promise<readonly UndonePart[]>;

/** What offering it stands on: an item, and who looks at it. */
export type Looking = Pick<Undoing, 'tx' | 'rights' | 'item'>;

/** A deed of a kind, and the run that left it. */
export interface Left<K extends DeedKind> {
  readonly runId: number;
  readonly deed: Deeds[K];
}

/** The runs of whose deeds something can still be taken back; looks at all deeds of an item's list at once, and changes nothing. */
export type FindRestorable<K extends DeedKind> = (
  looking: Looking,
  left: readonly Left<K>[],
) => Promise<readonly number[]>;

/** How deeds of a kind are taken back, and which of them are offered to be. */
export interface UndoOf<K extends DeedKind> {
  readonly undo: Undo<K>;
  readonly findRestorable: FindRestorable<K>;
}
export type Undoes = { readonly [K in DeedKind]?: UndoOf<K> };
