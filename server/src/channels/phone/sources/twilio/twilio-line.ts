import { unsealSecrets } from '../../../../connections/channel-secrets.ts';
import { findChannel, type StoredChannel } from '../../../../connections/channels.store.ts';
import { findEmployee } from '../../../../people/employees.store.ts';
import type { Context } from '../../../../platform/context.ts';
import { inSystem, inWorkspace, type Tx } from '../../../../platform/db.ts';
import { type Line, loadLine } from '../../lines/line.ts';
import { findTwilioWorkspace } from './twilio-lines.store.ts';
import { type Phone, phoneOf } from './twiml.ts';

/** A line at Twilio with its settings read. */
export interface TwilioLine {
  readonly channel: StoredChannel;
  readonly line: Line;
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl: string;
  readonly ringSeconds: number;
  readonly isRecorded: boolean;
}

const API = 'https://api.twilio.com';

/** Whichever workspace it belongs to; undefined: there is none, or it is switched off. */
export async function findTwilioLine(
  { databases, config }: Pick<Context, 'databases' | 'config'>,
  id: number,
): Promise<TwilioLine | undefined> {
  const workspaceId = await inSystem(databases.system, (tx) => findTwilioWorkspace(tx, id));
  if (workspaceId === undefined) return undefined;
  return inWorkspace(databases.app, workspaceId, async (tx) => {
    const [channel, line] = [await findChannel(tx, id), await loadLine(tx, id)];
    return channel === undefined || line?.enabled !== true ? undefined : twilioLineOf(config, { channel, line });
  });
}

export function twilioLineOf(
  config: Context['config'],
  { channel, line }: { channel: StoredChannel; line: Line },
): TwilioLine {
  const { ringSeconds, record } = channel.settings;
  return {
    ...{ channel, line, ...secretsOf(config, channel), apiUrl: apiUrlOf(channel) },
    ringSeconds: typeof ringSeconds === 'number' ? ringSeconds : 25,
    isRecorded: record === true && line.recordings === 'keep',
  };
}

/** With what the account proves itself. */
export function secretsOf(config: Pick<Context['config'], 'dataDir'>, channel: StoredChannel) {
  const { authToken } = unsealSecrets(config, channel);
  return {
    accountSid: String(channel.settings.accountSid ?? ''),
    authToken: typeof authToken === 'string' ? authToken : '',
  };
}

/** Where Twilio is asked, without a slash at the end. */
export function apiUrlOf({ settings: { apiUrl } }: Pick<StoredChannel, 'settings'>): string {
  const named = typeof apiUrl === 'string' ? apiUrl.replace(/\/+$/, '') : '';
  return URL.canParse(named) ? named : API;
}

export const accountUrl = ({ apiUrl, accountSid }: Pick<TwilioLine, 'apiUrl' | 'accountSid'>) =>
  `${apiUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}`;

/** Whom the line rings: the phone that it names, else the employee's own; nobody who was dismissed, whose phone rings elsewhere now. */
export async function phonesOf(tx: Tx, { channel, line }: TwilioLine): Promise<{ employee: number; phone: Phone }[]> {
  const phones: { employee: number; phone: Phone }[] = [];
  for (const { employee, extension } of line.employees) {
    const person = await findEmployee(tx, channel.workspaceId, employee);
    if (person === undefined || person.dismissed_at !== null) continue;
    const phone = phoneOf(extension) ?? phoneOf(person.phone);
    if (phone !== undefined) phones.push({ employee, phone });
  }
  return phones;
}
