import { decodeText } from './decode.ts';

/** Properties of a message or a file as Outlook keeps them (MAPI), by their number. */
export interface WinmailProperties {
  readonly texts: ReadonlyMap<number, string>;
  readonly bytes: ReadonlyMap<number, Buffer>;
}

// Sizes of the kinds that have one, filled up to whole words.
const fixedSizes: Readonly<Record<number, number>> = {
  ...{ 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 },
};
const kinds = { text: 0x1e, unicode: 0x1f, object: 0x0d };
const MANY = 0x1000;
const MOST = 10_000;

/** Throws RangeError where the data end too early or have a kind that nobody knows. */
export function readProperties(data: Buffer, charset: string): WinmailProperties {
  const texts = new Map<number, string>();
  const bytes = new Map<number, Buffer>();
  const cursor = { data, at: 0 };
  const count = Math.min(uint32(cursor), MOST);
  for (let number = 0; number < count; number += 1) {
    const kind = uint16(cursor);
    const id = uint16(cursor);
    if (id >= 0x8000) skipName(cursor);
    const [value] = valuesOf(cursor, kind);
    if (value === undefined) continue;
    if ((kind & ~MANY) === kinds.unicode) texts.set(id, value.toString('utf16le').replace(/\0+$/, ''));
    else if ((kind & ~MANY) === kinds.text) texts.set(id, decodeText(value, charset).replace(/\0+$/, ''));
    else bytes.set(id, kind === kinds.object ? value.subarray(16) : value);
  }
  return { texts, bytes };
}

interface Cursor {
  readonly data: Buffer;
  at: number;
}

function valuesOf(cursor: Cursor, kind: number): Buffer[] {
  const size = fixedSizes[kind & ~MANY];
  const isMany = (kind & MANY) !== 0;
  const count = size === undefined || isMany ? uint32(cursor) : 1;
  const values: Buffer[] = [];
  for (let number = 0; number < count; number += 1) values.push(piece(cursor, size ?? uint32(cursor)));
  return values;
}

// The set, then a number or a word.
function skipName(cursor: Cursor): void {
  piece(cursor, 16);
  if (uint32(cursor) === 0) piece(cursor, 4);
  else piece(cursor, uint32(cursor));
}

function piece(cursor: Cursor, size: number): Buffer {
  const { data, at } = cursor;
  if (at + size > data.length) throw new RangeError('winmail.dat ends too early');
  cursor.at = at + Math.ceil(size / 4) * 4;
  return data.subarray(at, at + size);
}

function uint16(cursor: Cursor): number {
  cursor.at += 2;
  return cursor.data.readUInt16LE(cursor.at - 2);
}

function uint32(cursor: Cursor): number {
  cursor.at += 4;
  return cursor.data.readUInt32LE(cursor.at - 4);
}
