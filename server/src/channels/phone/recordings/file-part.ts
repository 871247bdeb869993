import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { unreadable } from '../../../platform/errors.ts';

/** The bytes of the part `file` of multipart/form-data; a body that is none is the file itself. */
export function filePartOf(contentType: string | undefined, body: Readable): Promise<Readable> {
  if (contentType === undefined || !/^multipart\/form-data/i.test(contentType)) return Promise.resolve(body);
  return new Promise((resolve, reject) => {
    const parts = parserOf(contentType);
    parts.on('file', (name, file) => {
      if (name === 'file') resolve(file);
      else file.resume();
    });
    parts.on('finish', () => reject(unreadable('no-file', 'The form has no field "file" with a recording')));
    parts.on('error', () => reject(unreadable('broken-form', 'The form could not be read; send multipart/form-data')));
    body.on('error', (error) => parts.destroy(error));
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
