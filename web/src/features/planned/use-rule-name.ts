import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { useTranslation } from 'react-i18next';
import { ownName } from '../../controls/definitions.ts';

/** What a rule is called: by people, or as its kind is in the language on screen. */
export function useRuleName(): (rule: { readonly key: string; readonly name: string }) => string {
  const { i18n } = useTranslation();
  return ({ key, name }) => ownName({ lane: 'rule', key }, name, parseLanguage(i18n.language));
}
