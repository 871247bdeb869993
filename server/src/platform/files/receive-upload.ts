import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { tooLarge, UserError, unreadable } from '../errors.ts';
import type { Received } from './storage.ts';

interface Upload {
  readonly body: Readable;
  readonly folder: string;
  readonly limitBytes: number;
}

/** The body on disk, whole and synced; when it is too large (413), broken off or does not fit, nothing of it is left. */
export async function receiveUpload({ body, folder, limitBytes }: Upload): Promise<Received> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const place = path.join(folder, randomUUID());
  const handle = await open(place, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    // Left open when we stop, so that the refusal can still be answered.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > limitBytes) throw tooLarge(`A file may have at most ${megabytes(limitBytes)} MB`);
      hash.update(bytes);
      await handle.writeFile(bytes);
    }
    await handle.sync();
    return { path: place, size, sha256: hash.digest('hex') };
  } catch (error) {
    await rm(place, { force: true });
    throw known(error);
  } finally {
    await handle.close();
  }
}

export function megabytes(bytes: number): number {
  return Math.round((bytes / 1_048_576) * 10) / 10;
}

function known(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull();
  return code === 'ECONNRESET' ? unreadable('broken-off', 'The upload broke off; send the file again') : error;
}

function diskFull(): UserError {
  const detail = 'There is no room left for files on the server; tell its administrator';
  return new UserError({ status: 507, code: 'no-room', title: 'No room left', detail });
}
