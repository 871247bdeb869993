import type { RawBuilder } from 'kysely';
import type { Reference } from '../../facts/workspace-facts.ts';
import type { Few } from './find-few.store.ts';

export interface NarrowScope {
  readonly workspaceId: number;
  /** Of all the items that are asked for; without it nothing is known of custom fields. */
  readonly type: string | undefined;
  readonly reference: Reference;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether the database knows the lower case of its letters as we do. */
  readonly isPlain: (text: string) => boolean;
}

/** A superset of the items that satisfy a condition: SQL over `items i` joined with `item_keys k`. */
export interface Narrowing {
  readonly where?: RawBuilder<unknown> | undefined;
  /** How an index finds them, if they are few. */
  readonly few?: Few | undefined;
}
