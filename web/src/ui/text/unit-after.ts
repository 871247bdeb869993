/** What units of time are called after a number of them: 1 "dzień", 2 "dni", 5 "dni". */
export function unitAfter(count: number, units: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'unit', unit: units.replace(/s$/, ''), unitDisplay: 'long' });
  return format.formatToParts(count).find(({ type }) => type === 'unit')?.value ?? units;
}
