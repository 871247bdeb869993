import pg from 'pg';

/** How PostgreSQL's values reach our code: bigint as number, numeric as text (exact), date as text, timestamptz as Date. */
export const databaseTypes = new pg.TypeOverrides();

const BIGINT = 20;
const BIGINT_ARRAY = 1016;
const DATE = 1082;
const DATE_ARRAY = 1182;

databaseTypes.setTypeParser(BIGINT, parseBigint);
databaseTypes.setTypeParser(BIGINT_ARRAY, (text: string) => splitArray(text).map(parseBigint));
databaseTypes.setTypeParser(DATE, (text: string) => text);
databaseTypes.setTypeParser(DATE_ARRAY, splitArray);

function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return value;
}

// One dimension, no nulls: all that the schema has.
function splitArray(text: string): string[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',');
}
