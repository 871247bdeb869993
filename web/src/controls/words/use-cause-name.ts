import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { useTranslation } from 'react-i18next';
import { writtenName } from '../definitions.ts';

interface Cause {
  readonly trigger?: string | null | undefined;
  readonly rule?: string | null | undefined;
}

/** The trigger or rule that did something, in the language on screen; empty when a person did it. */
export function useCauseName(): (cause: Cause) => string {
  const { i18n } = useTranslation();
  const language = parseLanguage(i18n.language);
  return ({ trigger, rule }) => {
    if (trigger) return writtenName('trigger', trigger, language);
    return rule ? writtenName('rule', rule, language) : '';
  };
}
