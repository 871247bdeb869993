// The most particular first: every other one calls itself Safari, too.
const browsers = [
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrom(e|ium)\//],
  ['Safari', /Safari\//],
] as const;

const systems = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const;

/** `Firefox, Windows` of what a browser calls itself; undefined for one that we do not know. */
export function browserName(userAgent: string): string | undefined {
  const known = [browsers, systems].flatMap((table) => table.find(([, mark]) => mark.test(userAgent))?.[0] ?? []);
  return known.length === 0 ? undefined : known.join(', ');
}
