import { type Language, parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import { findLanguage } from '../../people/employees.store.ts';
import type { Tell } from '../../people/password-guard.ts';
import type { Tx } from '../../platform/db.ts';
import { insertNotifications } from './notifications.store.ts';
import strings from './tell-of-account.strings.json' with { type: 'json' };

type Phrases = (typeof strings)['en'];
const phrases: Readonly<Record<Language, Phrases>> = strings;

interface Told {
  readonly employeeId: number;
  readonly phrase: keyof Phrases;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly at: Date;
}

/** What the owner of an account reads in their bell: that somebody guesses, or has changed how they sign in. */
export const tellOfAccount: Tell = {
  guesses: (tx, { employeeId, failures, address, now, ofSecond }) => {
    const values = { count: failures, address };
    return tell(tx, { employeeId, phrase: ofSecond ? 'guessedSecond' : 'guessed', values, at: now });
  },
  passwordReset: (tx, { employeeId, address, now }) =>
    tell(tx, { employeeId, phrase: 'passwordReset', values: { address }, at: now }),
  factorsTaken: (tx, { employeeId, now }) => tell(tx, { employeeId, phrase: 'factorsTaken', at: now }),
};

async function tell(tx: Tx, { employeeId, phrase, values = {}, at }: Told): Promise<void> {
  const text = fillIn(phrases[parseLanguage((await findLanguage(tx, employeeId)) ?? 'en')][phrase], values);
  await insertNotifications(tx, [{ employeeId, text, senderId: null, itemId: null, runId: null, at }]);
}
