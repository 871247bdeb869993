import path from 'node:path';
import type { Config } from '../config/config.ts';
import { createDiskStorage } from './disk-storage.ts';
import { createS3Storage } from './s3-storage.ts';
import type { Storage } from './storage.ts';

/** On disk under DATA_DIR, or in the bucket of S3_URL (interfaces.md, Environment). */
export function createStorage({ dataDir, s3Url }: Pick<Config, 'dataDir' | 's3Url'>): Storage {
  return s3Url === undefined ? createDiskStorage(path.join(dataDir, 'files')) : createS3Storage(s3Url);
}

/** Files on their way in lie here whichever storage they go to. */
export function incomingFolder({ dataDir }: Pick<Config, 'dataDir'>): string {
  return path.join(dataDir, 'files', 'incoming');
}
