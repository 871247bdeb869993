/** Columns of rows as array parameters for `unnest`, many times quicker than the driver's own way for thousands of rows. */
export const arrays = {
  numbers: (values: readonly (number | null)[]): string => `{${values.map((value) => value ?? 'NULL').join(',')}}`,
  times: (values: readonly (Date | null)[]): string =>
    `{${values.map((value) => value?.toISOString() ?? 'NULL').join(',')}}`,
  flags: (values: readonly boolean[]): string => `{${values.join(',')}}`,
  texts: (values: readonly (string | null)[]): string => `{${values.map(quote).join(',')}}`,
};

function quote(text: string | null): string {
  if (text === null) return 'NULL';
  return `"${text.replace(special, (found) => (found === '\0' ? '\ufffd' : `\\${found}`))}"`;
}

// PostgreSQL's text cannot hold U+0000.
const special = /["\\\0]/g;
