import { Readable } from 'node:stream';
import type { Answer } from '../context.ts';

/** A file that is written while it is sent, a page of lines at a time; with a byte order mark, without which spreadsheets guess the letters wrong. */
export function streamCsv(name: string, lines: () => AsyncIterable<readonly string[]>): Answer {
  const plain = name.replace(/[^\w. -]/g, '_').replace(/(\.csv)?$/i, '.csv');
  return {
    status: 200,
    body: Readable.from(withMark(lines())),
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${plain}"` },
  };
}

async function* withMark(pages: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  yield '\ufeff';
  for await (const lines of pages) if (lines.length > 0) yield lines.join('');
}
