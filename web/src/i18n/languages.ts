import { isLanguage, type Language } from '@signalbox/automation/kit/words/languages.ts';

const remembered = 'signalbox.language';

/** The language chosen on this machine before, else the first of the browser's that we speak. */
export function guessLanguage(): Language {
  const wanted = [localStorage.getItem(remembered) ?? '', ...navigator.languages];
  return wanted.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

export function rememberLanguage(language: Language) {
  localStorage.setItem(remembered, language);
}
