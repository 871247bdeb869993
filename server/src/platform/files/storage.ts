import type { Readable } from 'node:stream';

/** A file that has come in whole and waits on this machine's disk. */
export interface Received {
  readonly path: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** The bytes cannot be stored or read just now; `message` says why, for who runs the house. */
export class StorageAway extends Error {
  override readonly name = 'StorageAway';

  constructor(cause: unknown) {
    super(reasonOf(cause), { cause });
  }
}

// What `fetch` throws says why in its cause alone.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

/** Part of a file: its first and its last byte, as HTTP counts. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** Where the bytes of files lie. A key is a name of ours, never a user's. */
export interface Storage {
  /** Takes the received file, all of it or nothing; what is left at `path` is the caller's to remove. */
  put(key: string, file: Received): Promise<void>;
  /** The whole, or a part that lies within it, which is read from there on. Undefined when it is gone. */
  open(key: string, part?: Part): Promise<Readable | undefined>;
  /** Also when it is gone already. */
  remove(key: string): Promise<void>;
}
