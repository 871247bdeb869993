import type { FieldValue } from '../values/values.ts';
import type { Spoken } from '../words/languages.ts';
import strings from './deeds.strings.json' with { type: 'json' };

/** One field of a record, as it was and as the run has left it. */
export interface FieldDeed {
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

/**
 * What a run leaves behind, kind by kind: its ports write it down, in the run's transaction, with all that its undo has to know.
 * A new kind is a line here, its words beside, and how it is taken back in `server/src/ports/undoing/` or by the part that
 * has the port; what has no words does not compile, and what has no undo fails `undoes.test.ts`.
 */
export interface Deeds {
  /** One save of the item. */
  readonly fields: { readonly changes: readonly FieldDeed[] };
  /** The item entered another stage: the visit that began. */
  readonly stage: { readonly visit: number };
  readonly comment: Readonly<Record<never, never>>;
  /** Lines in the bells of these employees. */
  readonly notification: { readonly to: readonly number[] };
  readonly task: { readonly task: number };
  readonly 'task-status': { readonly task: number; readonly from: string; readonly to: string };
  readonly email: { readonly email: number; readonly outbox: number };
  /** To another system. */
  readonly request: { readonly request: number; readonly outbox: number };
  /** An item that was made. */
  readonly item: { readonly item: number };
  /** A contact or company that was made. */
  readonly client: { readonly client: 'contact' | 'company'; readonly id: number };
  /** What was written into fields of a contact or company. */
  readonly 'client-fields': {
    readonly client: 'contact' | 'company';
    readonly id: number;
    readonly fields: readonly string[];
  };
}

export type DeedKind = keyof Deeds;
export type Deed = { readonly [K in DeedKind]: { readonly kind: K } & Deeds[K] }[DeedKind];

/** What a deed of each kind is called. */
export const deedNames: Spoken<Readonly<Record<DeedKind, string>>> = strings;
