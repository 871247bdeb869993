const names = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' });

/** Whether a code, in capitals or not, is a currency of ISO 4217 that there is or was: old deals may be in marks. */
export function isKnownCurrency(code: string): boolean {
  return /^[A-Za-z]{3}$/.test(code) && names.of(code) !== undefined;
}
