export const languages = ['en', 'pl', 'es', 'pt', 'it'] as const;
export type Language = (typeof languages)[number];

/** The language of the interface nearest to a tag such as `pt-BR`; English when there is none. */
export function parseLanguage(tag: string): Language {
  const wanted = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === wanted) ?? 'en';
}
