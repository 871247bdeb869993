import { isLanguage, type Language, languages } from '@signalbox/automation/kit/words/languages.ts';
import i18next, { type BackendModule, type CustomTypeOptions } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { guessLanguage, rememberLanguage } from './languages.ts';

const files = import.meta.glob<Record<string, unknown>>('./**/*.json', { import: 'default' });

// `./pl.json` is the namespace every screen shares; a folder beside it (`./automation/pl.json`) is loaded by the screens
// that ask for it: useTranslation('automation').
const backend: BackendModule = {
  type: 'backend',
  init: () => {},
  read: (language, namespace, done) => {
    const path = namespace === 'translation' ? `./${language}.json` : `./${namespace}/${language}.json`;
    const load = files[path];
    if (!load) return done(new Error(`no texts at ${path}`), false);
    load().then(
      (texts) => done(null, texts),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

export async function startTranslations() {
  // Once its texts are there: a screen reader goes by it.
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  const language = guessLanguage();
  rememberLanguage(language);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: 'en',
      // What stands on every card must not be waited for when it is clicked: the wait would take the focus away.
      ns: ['translation', 'fields', 'mail', 'phone', 'tasks'],
      defaultNS: 'translation',
      supportedLngs: languages,
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

export async function speak(language: string) {
  if (!isLanguage(language) || i18next.language === language) return;
  rememberLanguage(language);
  await i18next.changeLanguage(language);
}

/** Has the texts of these folders at hand, so that the page that speaks them is drawn at once. */
export const loadTexts = (...names: readonly Exclude<keyof CustomTypeOptions['resources'], 'translation'>[]) =>
  i18next.loadNamespaces(names);

export type { Language };
