import { UserError, unreadable } from '../errors.ts';

export interface JsonLimits {
  /** Values of any kind; keys are not counted. */
  readonly values: number;
  readonly depth: number;
  /** Bytes that are in no text: numbers, brackets, blanks. */
  readonly outside: number;
  /** Letters that are written with a backslash: each is read by itself. */
  readonly escapes: number;
}

export interface JsonCounter {
  /** The next bytes of the body; throws UserError once there is more than the limits allow. */
  add(chunk: Buffer): void;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, OPEN_MAP, END_LIST, END_MAP] = [0x5b, 0x7b, 0x5d, 0x7d];

/**
 * Counts on the bytes what reading a JSON text would make, as they come and before anything of it is made. Linear, and quick over
 * long texts; of what is no JSON it counts something, and the reader refuses it.
 */
export function createJsonCounter(limits: JsonLimits): JsonCounter {
  const text = createTextSkipper();
  const seen: Seen = { values: 1, depth: 0, outside: 0, escapes: 0 };
  return {
    add(chunk) {
      seen.escapes += countEscapes(chunk);
      check(seen, limits);
      for (let at = text.skip(chunk, 0); at < chunk.length; ) {
        const byte = chunk[at] ?? 0;
        at += 1;
        seen.outside += 1;
        if (byte === QUOTE) at = text.begin(chunk, at);
        else if (countByte(seen, byte)) check(seen, limits);
      }
      check(seen, limits);
    },
  };
}

interface Seen {
  values: number;
  depth: number;
  outside: number;
  escapes: number;
}

function countEscapes(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(BACKSLASH); at !== -1; at = chunk.indexOf(BACKSLASH, at + 2)) count += 1;
  return count;
}

function countByte(seen: Seen, byte: number): boolean {
  if (byte === COMMA) {
    seen.values += 1;
    return true;
  }
  if (byte === OPEN_LIST || byte === OPEN_MAP) {
    seen.values += 1;
    seen.depth += 1;
    return true;
  }
  if (byte === END_LIST || byte === END_MAP) seen.depth -= 1;
  return false;
}

/** A text may begin in one chunk and end in another. */
function createTextSkipper() {
  let [isInside, isEscaped] = [false, false];

  /** Where the text in which `from` stands ends: behind a quotation mark with no backslash that means it. */
  function skip(chunk: Buffer, from: number): number {
    if (!isInside || from >= chunk.length) return from;
    let at = isEscaped ? from + 1 : from;
    for (;;) {
      const found = chunk.indexOf(QUOTE, at);
      const end = found === -1 ? chunk.length : found;
      isEscaped = backslashesBefore(chunk, at, end) % 2 === 1;
      if (found === -1) return end;
      isInside = isEscaped;
      if (!isInside) return end + 1;
      isEscaped = false;
      at = end + 1;
    }
  }
  return {
    skip,
    begin(chunk: Buffer, from: number): number {
      [isInside, isEscaped] = [true, false];
      return skip(chunk, from);
    },
  };
}

function backslashesBefore(chunk: Buffer, from: number, end: number): number {
  let begin = end;
  while (begin > from && chunk[begin - 1] === BACKSLASH) begin -= 1;
  return end - begin;
}

function check(seen: Seen, limits: JsonLimits): void {
  if (seen.depth > limits.depth)
    throw unreadable('too-deep', `The body is nested more than ${limits.depth - 1} deep; flatten it`);
  const isTooMuch = seen.values > limits.values || seen.outside > limits.outside || seen.escapes > limits.escapes;
  if (isTooMuch) throw tooManyValues(limits.values);
}

function tooManyValues(most: number): UserError {
  const detail = `The body holds more than ${most} values, or as much beside them; send it in parts`;
  return new UserError({ status: 413, code: 'too-many-values', title: 'Too large', detail });
}
