import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { tooLarge, unreadable } from '../../../platform/errors.ts';
import { megabytes } from '../../../platform/files/receive-upload.ts';

interface Form {
  readonly contentType: string | undefined;
  readonly body: Readable;
  /** Of all parts together: what stands before the file is thrown away, and must end as well. */
  readonly limitBytes: number;
}

/** The bytes of the part `file` of multipart/form-data; a body that is none is the file itself. */
export function filePartOf({ contentType, body, limitBytes }: Form): Promise<Readable> {
  if (contentType === undefined || !/^multipart\/form-data/i.test(contentType)) return Promise.resolve(body);
  return new Promise((resolve, reject) => {
    const parts = parserOf(contentType);
    let found: Readable | undefined;
    // Whoever reads the file already hears of it there, or would wait for ever.
    const giveUp = (error: Error) => {
      body.unpipe(parts).pause();
      reject(error);
      found?.destroy(error);
    };
    parts.on('file', (name, file) => {
      // The parser throws at a part that nobody listens to, and that would end the process.
      file.on('error', () => undefined);
      if (name !== 'file' || found !== undefined) return void file.resume();
      found = file;
      resolve(file);
    });
    parts.on('finish', () => reject(unreadable('no-file', 'The form has no field "file" with a recording')));
    parts.on('error', () => giveUp(unreadable('broken-form', 'The form could not be read; send multipart/form-data')));
    body.on('error', giveUp);
    let bytes = 0;
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) giveUp(tooLarge(`A form with a recording may have at most ${megabytes(limitBytes)} MB`));
    });
    body.pipe(parts);
  });
}

function parserOf(contentType: string) {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { files: 4, fields: 20, fieldSize: 10_000, parts: 24 },
    });
  } catch {
    throw unreadable('broken-form', 'The form could not be read: its Content-Type names no boundary');
  }
}
