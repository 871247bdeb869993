import { type PlannedKind, plannedKinds } from '@signalbox/contract/automation/planned.ts';
import { z } from 'zod';

/** Where something stands in the list: by its moment, then by its kind, then by its id. Null: behind all that have a moment. */
export interface Place {
  readonly at: Date | null;
  readonly kind: PlannedKind;
  readonly id: number;
}

/** The last one of a page, as its cursor: milliseconds or `none`. */
export const placeCursor = z.tuple([z.union([z.number(), z.literal('none')]), z.enum(plannedKinds), z.int()]);

export function toPlace([at, kind, id]: z.output<typeof placeCursor>): Place {
  return { at: at === 'none' ? null : new Date(at), kind, id };
}

export function toCursor({ at, kind, id }: Place): z.output<typeof placeCursor> {
  return [at?.getTime() ?? 'none', kind, id];
}

export function byPlace(one: Place, other: Place): number {
  return (
    (one.at?.getTime() ?? Number.POSITIVE_INFINITY) - (other.at?.getTime() ?? Number.POSITIVE_INFINITY) ||
    rank(one.kind) - rank(other.kind) ||
    one.id - other.id
  );
}

/** What of one kind comes behind a place: behind this moment and id. */
export interface Behind {
  readonly at: Date | null;
  readonly id: number;
}

export function behindFor(kind: PlannedKind, place: Place | undefined): Behind | undefined {
  if (place === undefined) return undefined;
  const difference = rank(kind) - rank(place.kind);
  if (difference === 0) return place;
  return { at: place.at, id: difference > 0 ? 0 : Number.MAX_SAFE_INTEGER };
}

const rank = (kind: PlannedKind) => plannedKinds.indexOf(kind);
