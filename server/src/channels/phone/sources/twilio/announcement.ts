import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import { getWorkspace } from '../../../../people/workspaces.store.ts';
import { workspaceOf } from '../../../../platform/after-commit.ts';
import type { Tx } from '../../../../platform/db.ts';
import strings from './announcement.strings.json' with { type: 'json' };
import type { TwilioLine } from './twilio-line.ts';
import type { Announcement } from './twiml.ts';

const phrases: Spoken<Readonly<Record<'voice' | 'recorded', string>>> = strings;

/** What the client hears before they are recorded, in the workspace's language; undefined: nothing is recorded. */
export async function announcementOf(tx: Tx, { channel, isRecorded }: TwilioLine): Promise<Announcement | undefined> {
  if (!isRecorded) return undefined;
  const { voice, recorded } = phrases[parseLanguage((await getWorkspace(tx, workspaceOf(tx))).language)];
  const { announcement } = channel.settings;
  return { voice, text: typeof announcement === 'string' && announcement !== '' ? announcement : recorded };
}
