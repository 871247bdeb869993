import { type FieldError, invalid } from '../../platform/errors.ts';

/** As many as twenty of the longest texts: items are read by the hundred, so that each has an end. */
export const MOST_LETTERS = 400_000;

/** The values of an item or a client as they are kept; 422 when they are too long together, unless they were longer before. */
export function packValues(
  values: Readonly<Record<string, unknown>>,
  before?: Readonly<Record<string, unknown>>,
): string {
  const packed = JSON.stringify(values);
  if (packed.length > MOST_LETTERS && packed.length > JSON.stringify(before ?? {}).length)
    throw invalid([tooLong(values)]);
  return packed;
}

// The longest of them is the one to shorten.
function tooLong(values: Readonly<Record<string, unknown>>): FieldError {
  const [longest = ''] = Object.keys(values).toSorted((a, b) => lengthOf(values[b]) - lengthOf(values[a]));
  const message = `All fields together have at most ${MOST_LETTERS} letters; shorten this one`;
  return { path: `fields.${longest}`, code: 'too-big', message };
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value ?? null).length;
}
