// What stands first wins: Edge also calls itself Chrome, Chrome also Safari.
const programs: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/GoogleImageProxy/, 'Gmail'],
  [/Outlook/i, 'Outlook'],
  [/Thunderbird/, 'Thunderbird'],
  [/Mimecast/i, 'Mimecast'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const machines: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
];
const longest = 60;

/** "Chrome, Windows" for the line a browser introduces itself with; the line itself, cut short, when it is none we know. */
export function programName(userAgent: string): string {
  const found = [programs, machines].flatMap((table) => table.find(([pattern]) => pattern.test(userAgent))?.[1] ?? []);
  if (found.length > 0) return found.join(', ');
  return userAgent.length > longest ? `${userAgent.slice(0, longest)}…` : userAgent;
}
