import { isKnownCurrency } from '@signalbox/automation/kit/values/currencies.ts';

/** The currencies that a mark may stand for, the likeliest first: which of them it is, the workspace's own currency tells. */
const families: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  euro: ['EUR'],
  euros: ['EUR'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'MXN', 'ARS', 'CLP', 'COP', 'SGD', 'HKD'],
  dollars: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD'],
  us$: ['USD'],
  ca$: ['CAD'],
  c$: ['CAD'],
  au$: ['AUD'],
  a$: ['AUD'],
  nz$: ['NZD'],
  hk$: ['HKD'],
  mx$: ['MXN'],
  mex$: ['MXN'],
  s$: ['SGD'],
  r$: ['BRL'],
  '£': ['GBP', 'EGP'],
  zł: ['PLN'],
  zl: ['PLN'],
  złotych: ['PLN'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  kč: ['CZK'],
  kc: ['CZK'],
  ft: ['HUF'],
  lei: ['RON', 'MDL'],
  лв: ['BGN'],
  fr: ['CHF'],
  sfr: ['CHF'],
  rs: ['INR', 'PKR', 'LKR', 'NPR'],
  '₹': ['INR'],
  '¥': ['JPY', 'CNY'],
  '￥': ['JPY', 'CNY'],
  '₽': ['RUB'],
  руб: ['RUB'],
  р: ['RUB'],
  '₴': ['UAH'],
  грн: ['UAH'],
  '₺': ['TRY'],
  tl: ['TRY'],
  '₩': ['KRW'],
  '₪': ['ILS'],
  '₫': ['VND'],
  '₱': ['PHP'],
  '฿': ['THB'],
  '₦': ['NGN'],
  bs: ['BOB', 'VES'],
  's/': ['PEN'],
};

/**
 * The ISO 4217 code that the marks before and after an amount say, of `home` and its likes where a mark has several; undefined
 * where there is none, null where they say none or two.
 */
export function currencyOf(marks: readonly string[], home: string | undefined): string | undefined | null {
  const said = marks.filter((mark) => mark !== '').map(meaning);
  if (said.length === 0) return undefined;
  const all = said.reduce((some, more) => some.filter((code) => more.includes(code)));
  return all.find((code) => code === home) ?? all[0] ?? null;
}

function meaning(mark: string): readonly string[] {
  const plain = mark.toLowerCase().replace(/\.$/, '');
  if (Object.hasOwn(families, plain)) return families[plain] ?? [];
  const code = mark.toUpperCase();
  // Codes in capitals are kept as they were written, known or not.
  return /^[A-Z]{3}$/.test(mark) || isKnownCurrency(code) ? [code] : [];
}
