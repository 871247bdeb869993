import { Readable } from 'node:stream';
import type { Answer } from '../context.ts';

/** A file that is written while it is sent; with a byte order mark, without which spreadsheets guess the letters wrong. */
export function streamCsv(name: string, lines: () => AsyncIterable<string>): Answer {
  const plain = name.replace(/[^\w. -]/g, '_').replace(/(\.csv)?$/i, '.csv');
  return {
    status: 200,
    body: Readable.from(withMark(lines())),
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${plain}"` },
  };
}

async function* withMark(lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\ufeff';
  for await (const line of lines) if (line !== '') yield line;
}
