import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { ownTurn } from '../apart/breathe.ts';

/** In letters; a slice of those that take three bytes each is still written in no time. */
const SLICE = 262_144;

/** More values than that take a while by themselves; looking at so many takes a part of a millisecond. */
const MANY = 5_000;

/** Whether writing this plain data as JSON in one go would be seen. */
export function isLong(value: unknown): boolean {
  const left = { letters: SLICE, values: MANY };
  return goesBeyond(value, left);
}

function goesBeyond(value: unknown, left: { letters: number; values: number }): boolean {
  left.values -= 1;
  if (typeof value === 'string') left.letters -= value.length;
  if (left.values < 0 || left.letters < 0) return true;
  if (Array.isArray(value)) return value.some((one) => goesBeyond(one, left));
  return isPlain(value) && Object.values(value).some((one) => goesBeyond(one, left));
}

/** As `JSON.stringify` writes plain data, in pieces of some hundred kilobytes; everybody else has a turn between two. */
export async function* jsonInTurns(value: unknown): AsyncGenerator<Buffer, void, void> {
  let gathered = '';
  for (const piece of jsonPieces(value)) {
    gathered += piece;
    if (gathered.length < SLICE) continue;
    yield Buffer.from(gathered);
    gathered = '';
    await ownTurn();
  }
  yield Buffer.from(gathered);
}

function* jsonPieces(value: unknown): Generator<string, void, void> {
  if (!isLong(value)) yield JSON.stringify(value) ?? 'null';
  else if (typeof value === 'string') yield* textPieces(value);
  else if (Array.isArray(value)) {
    yield '[';
    for (const [index, one] of value.entries()) {
      if (index > 0) yield ',';
      yield* jsonPieces(one ?? null);
    }
    yield ']';
  } else if (isPlain(value)) {
    let before = '{';
    for (const [key, one] of Object.entries(value)) {
      if (one === undefined) continue;
      yield `${before}${JSON.stringify(key)}:`;
      yield* jsonPieces(one);
      before = ',';
    }
    yield before === '{' ? '{}' : '}';
  } else yield JSON.stringify(value) ?? 'null';
}

// A pair that is parted is written as two escapes, which are the same text.
function* textPieces(text: string): Generator<string, void, void> {
  yield '"';
  for (let from = 0; from < text.length; from += SLICE)
    yield JSON.stringify(text.slice(from, from + SLICE)).slice(1, -1);
  yield '"';
}

// Bytes, streams and moments are none.
function isPlain(value: unknown): value is object {
  return isRecord(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value)) && !('toJSON' in value);
}
