import { type Language, parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import { findLanguage } from '../../people/employees.store.ts';
import type { TellOfGuesses } from '../../people/password-guard.ts';
import { insertNotifications } from './notifications.store.ts';
import strings from './tell-of-guesses.strings.json' with { type: 'json' };

const phrases: Readonly<Record<Language, { readonly guessed: string }>> = strings;

/** The owner of an account reads in their bell that somebody tries passwords. */
export const tellOfGuesses: TellOfGuesses = async (tx, { employeeId, failures, address, now }) => {
  const { guessed } = phrases[parseLanguage((await findLanguage(tx, employeeId)) ?? 'en')];
  const text = fillIn(guessed, { count: failures, address });
  await insertNotifications(tx, [{ employeeId, text, senderId: null, itemId: null, runId: null, at: now }]);
};
