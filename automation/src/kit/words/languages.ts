interface Tongue {
  /** What the language calls itself. */
  readonly name: string;
  /** What a company that speaks it most likely pays in, ISO 4217. */
  readonly currency: string;
  /** Where its phone numbers belong when nothing else tells, ISO 3166; null: nobody could say. */
  readonly country: string | null;
  /** In what its spreadsheets write when they do not write UTF-8. */
  readonly codePage: string;
}

/** The one list of the product's languages: a new one is a line here and its texts; `tools/check/languages.test.ts` names those that are missing. */
export const tongues = {
  en: { name: 'English', currency: 'USD', country: null, codePage: 'windows-1252' },
  es: { name: 'Español', currency: 'EUR', country: 'ES', codePage: 'windows-1252' },
  it: { name: 'Italiano', currency: 'EUR', country: 'IT', codePage: 'windows-1252' },
  pl: { name: 'Polski', currency: 'PLN', country: 'PL', codePage: 'windows-1250' },
  pt: { name: 'Português', currency: 'BRL', country: 'PT', codePage: 'windows-1252' },
} as const satisfies Readonly<Record<string, Tongue>>;

export type Language = keyof typeof tongues;

/** The words of something in every language: a gap does not compile. */
export type Spoken<T> = Readonly<Record<Language, T>>;

export const isLanguage = (text: string): text is Language => Object.hasOwn(tongues, text);

export const languages: readonly Language[] = Object.keys(tongues).filter(isLanguage);

/** The language of the interface nearest to a tag such as `pt-BR`; English when there is none. */
export function parseLanguage(tag: string): Language {
  const wanted = tag.toLowerCase().split('-')[0] ?? '';
  return isLanguage(wanted) ? wanted : 'en';
}
