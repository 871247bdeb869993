import { UserError } from '../errors.ts';

export interface PurseLimits {
  /** Bytes of all bodies that are read or worked on at the same time. */
  readonly all: number;
  /** Of those, what one person may hold. */
  readonly person: number;
  /** What everybody who is not known may hold together, and from one address. */
  readonly strangers: number;
  readonly address: number;
}

const MIB = 1_048_576;
/** One mail of 30 MB and one table of 32 MB a person, and not many at once: a body is held several times over while it is worked on. */
export const purseLimits: PurseLimits = { all: 96 * MIB, person: 64 * MIB, strangers: 8 * MIB, address: MIB };

/** Whose body it is: somebody known, or an address. */
export type Holder = { readonly person: string } | { readonly address: string };

/** What one request holds. */
export interface Share {
  /** 503 when there is no room for so many bytes more now, 429 when it is one's own that fill it. */
  take(bytes: number): void;
  /** Gives all of it back; again does nothing. */
  close(): void;
}

export interface Purse {
  open(holder: Holder): Share;
}

/** The memory that bodies of requests may have, so that no number of them fills it. */
export function createPurse(limits: PurseLimits = purseLimits): Purse {
  const held = new Map<string, number>();
  const add = (key: string, bytes: number) => {
    const now = (held.get(key) ?? 0) + bytes;
    if (now > 0) held.set(key, now);
    else held.delete(key);
  };
  return {
    open(holder) {
      const parts = partsOf(holder, limits);
      let taken = 0;
      return {
        take(bytes) {
          const full = parts.find(({ key, most }) => (held.get(key) ?? 0) + bytes > most);
          if (full !== undefined) throw full.own ? tooManyAtOnce() : noRoom();
          for (const { key } of parts) add(key, bytes);
          taken += bytes;
        },
        close() {
          for (const { key } of parts) add(key, -taken);
          taken = 0;
        },
      };
    },
  };
}

interface Part {
  readonly key: string;
  readonly most: number;
  readonly own: boolean;
}

function partsOf(holder: Holder, limits: PurseLimits): Part[] {
  const all = { key: 'all', most: limits.all, own: false };
  if ('person' in holder) return [{ key: `person ${holder.person}`, most: limits.person, own: true }, all];
  return [
    { key: `address ${holder.address}`, most: limits.address, own: true },
    { key: 'strangers', most: limits.strangers, own: false },
    all,
  ];
}

function tooManyAtOnce(): UserError {
  const detail = 'You are sending too much at once; wait until the others have been answered';
  return new UserError({ status: 429, code: 'too-much-at-once', title: 'Wait a moment', detail });
}

function noRoom(): UserError {
  const detail = 'Too much is being sent at this moment; try again in a few seconds';
  return new UserError({ status: 503, code: 'busy', title: 'Busy', detail });
}
