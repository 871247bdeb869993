const known: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether a code of ISO 4217, in capitals or not, is a currency that there is. */
export function isKnownCurrency(code: string): boolean {
  return known.has(code.toUpperCase());
}
