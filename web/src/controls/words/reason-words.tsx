import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { type ReasonWords, readReason, reasonInWords } from '@signalbox/automation/kit/words/reasons.ts';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../control.ts';
import { definitionOf } from '../definitions.ts';

export interface Reasoned {
  /** As the server gives it: a code with what its sentence names. */
  readonly reason?: unknown;
  /** English words; all there is for what happened before reasons had codes. */
  readonly error?: unknown;
  /** The key of the rule, for the names of its settings. */
  readonly rule?: string | undefined;
  readonly fields?: readonly FieldSpec[];
}

/** What is wrong and what to do, in the language on screen; null when there is nothing to say. */
export function useReasonWords(): (given: Reasoned) => ReasonWords | null {
  const { i18n } = useTranslation();
  const language = parseLanguage(i18n.language);
  return ({ reason: raw, error, rule = '', fields = [] }) => {
    const reason = readReason(raw);
    if (reason === null) return typeof error === 'string' ? { what: error, todo: '' } : null;
    const settings = definitionOf({ lane: 'rule', key: rule })?.strings[language].fields ?? {};
    const words = reasonInWords(reason, language, {
      setting: (name) => settings[name]?.label ?? name,
      field: (code) => {
        const field = fields.find((one) => one.code === code);
        return field === undefined ? code : nameOf(field, language);
      },
    });
    return { ...words, what: asSentence(words.what, language) };
  };
}

/** Two sentences, one after the other. */
export function ReasonText({ words: { what, todo } }: { words: ReasonWords }) {
  return (
    <span>
      {what}
      {todo !== '' && ` ${todo}`}
    </span>
  );
}

function asSentence(text: string, language: string): string {
  const begun = `${text.charAt(0).toLocaleUpperCase(language)}${text.slice(1)}`;
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
