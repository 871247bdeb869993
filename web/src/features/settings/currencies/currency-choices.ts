/** All currencies by their names in the language, but those that are there already. */
export function currencyChoices(language: string, without: readonly string[]): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  const codes = Intl.supportedValuesOf('currency').filter((code) => !without.includes(code));
  return codes.map((code) => ({ value: code, label: `${code} – ${names.of(code) ?? code}` }));
}
