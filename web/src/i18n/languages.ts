export const languages = ['en', 'es', 'it', 'pl', 'pt'] as const;
export type Language = (typeof languages)[number];

/** What each language calls itself, for the chooser. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  es: 'Español',
  it: 'Italiano',
  pl: 'Polski',
  pt: 'Português',
};

const remembered = 'signalbox.language';

export const isLanguage = (text: string): text is Language => languages.some((language) => language === text);

/** The language chosen on this machine before, else the first of the browser's that we speak. */
export function guessLanguage(): Language {
  const wanted = [localStorage.getItem(remembered) ?? '', ...navigator.languages];
  return wanted.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

export function rememberLanguage(language: Language) {
  localStorage.setItem(remembered, language);
  document.documentElement.lang = language;
}
