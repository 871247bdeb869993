import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import { hasBeenTold, insertNotifications } from '../../../collaboration/notifications/notifications.store.ts';
import { listAdmins } from '../../../people/employees.store.ts';
import { listWorkspaces } from '../../../people/workspaces.store.ts';
import type { Context } from '../../../platform/context.ts';
import { inSystem, inWorkspace } from '../../../platform/db.ts';
import type { CertificateState } from './renewed-certificate.ts';
import strings from './tell-of-certificate.strings.json' with { type: 'json' };

const phrases: Spoken<Readonly<Record<CertificateState['state'], string>>> = strings;
const DAY_MS = 86_400_000;

const ASK_EVERY_MS = 15 * 60_000;

/** For looks that come every second: the database is asked now and then, and when it is something else. */
export function createTellingOfCertificate(
  context: Pick<Context, 'databases' | 'clock' | 'log'>,
  nowMs: () => number,
): (state: CertificateState) => void {
  let asked = { state: '', atMs: Number.NEGATIVE_INFINITY };
  return (state) => {
    if (asked.state === state.state && nowMs() - asked.atMs < ASK_EVERY_MS) return;
    asked = { state: state.state, atMs: nowMs() };
    tellOfCertificate(context, state).catch((error: unknown) => {
      asked = { state: '', atMs: nowMs() };
      context.log.warn({ error: String(error) }, 'the administrators were not told of the certificate for mail');
    });
  };
}

/**
 * That no mail may come soon stands in the bell of the administrators of the first workspace, whose people mostly run the server: once a
 * day, however many processes and restarts there are.
 */
async function tellOfCertificate(
  { databases, clock }: Pick<Context, 'databases' | 'clock'>,
  { state, until }: CertificateState,
): Promise<void> {
  const [first] = await inSystem(databases.system, listWorkspaces);
  if (first === undefined) return;
  const now = clock.now();
  const day = until.toISOString().slice(0, 10);
  await inWorkspace(databases.app, first.id, async (tx) => {
    const since = new Date(now.getTime() - DAY_MS);
    for (const { id: employeeId, language } of await listAdmins(tx)) {
      const words = phrases[parseLanguage(language)];
      const texts = Object.values(words).map((phrase) => fillIn(phrase, { day }));
      if (await hasBeenTold(tx, { employeeId, texts, since })) continue;
      const text = fillIn(words[state], { day });
      await insertNotifications(tx, [{ employeeId, text, senderId: null, itemId: null, runId: null, at: now }]);
    }
  });
}
