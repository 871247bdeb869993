import { ownTurn } from '../apart/breathe.ts';

/** In letters; a slice of those that take three bytes each is still written in no time. */
const SLICE = 262_144;

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
  if (typeof value === 'string') yield* textPieces(value);
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
  if (text.length <= SLICE) return yield JSON.stringify(text);
  yield '"';
  for (let from = 0; from < text.length; from += SLICE)
    yield JSON.stringify(text.slice(from, from + SLICE)).slice(1, -1);
  yield '"';
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !('toJSON' in value);
}
