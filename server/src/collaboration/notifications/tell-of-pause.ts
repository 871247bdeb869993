import { type Language, parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import type { Pause } from '../../outbox/sender.ts';
import { listAdmins } from '../../people/employees.store.ts';
import type { Tx } from '../../platform/db.ts';
import { insertNotifications } from './notifications.store.ts';
import strings from './tell-of-pause.strings.json' with { type: 'json' };

const phrases: Readonly<Record<Language, Readonly<Record<Pause['state'], string>>>> = strings;

/** A channel that is paused, or goes on, is told to each administrator, in their language. */
export async function tellOfPause(tx: Tx, { state, channel, answer, now }: Pause): Promise<void> {
  const notices = (await listAdmins(tx)).map(({ id, language }) => ({
    ...{ employeeId: id, senderId: null, itemId: null, runId: null, at: now },
    text: fillIn(phrases[parseLanguage(language)][state], { channel: channel.name, answer }),
  }));
  await insertNotifications(tx, notices);
}
