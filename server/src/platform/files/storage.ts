import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Config } from '../config.ts';
import { createDiskStorage } from './disk-storage.ts';
import { createS3Storage } from './s3-storage.ts';

/** A file that has come in whole and waits on this machine's disk. */
export interface Received {
  readonly path: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** Where the bytes of files lie. A key is a name of ours, never a user's. */
export interface Storage {
  /** Takes the received file, all of it or nothing; what is left at `path` is the caller's to remove. */
  put(key: string, file: Received): Promise<void>;
  /** Undefined when it is gone. */
  open(key: string): Promise<Readable | undefined>;
  /** Also when it is gone already. */
  remove(key: string): Promise<void>;
}

/** On disk under DATA_DIR, or in the bucket of S3_URL (interfaces.md, Environment). */
export function createStorage({ dataDir, s3Url }: Pick<Config, 'dataDir' | 's3Url'>): Storage {
  return s3Url === undefined ? createDiskStorage(path.join(dataDir, 'files')) : createS3Storage(s3Url);
}

/** Files on their way in lie here whichever storage they go to. */
export function incomingFolder({ dataDir }: Pick<Config, 'dataDir'>): string {
  return path.join(dataDir, 'files', 'incoming');
}
