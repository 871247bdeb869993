import { Readable } from 'node:stream';

interface Range {
  readonly start: number;
  /** The last byte, as HTTP counts. */
  readonly end: number;
}

/** What a player asks for when somebody seeks; undefined: the whole. 'none': there is no such part. */
export function rangeOf(header: string | undefined, size: number): Range | 'none' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') return { start: Math.max(size - Number(to), 0), end: size - 1 };
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return Number(from) > end ? 'none' : { start: Number(from), end };
}

/** The bytes of a range; whichever storage it is read from, only those are kept. */
export function sliceOf(body: Readable, { start, end }: Range): Readable {
  return Readable.from(slice(body, { start, end }));
}

async function* slice(body: Readable, { start, end }: Range): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    const part = bytes.subarray(Math.max(start - at, 0), Math.max(end + 1 - at, 0));
    at += bytes.length;
    if (part.length > 0) yield part;
    if (at > end) return;
  }
}
