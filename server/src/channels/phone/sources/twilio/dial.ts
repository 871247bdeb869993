import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import { PrivateHost } from '../../../../connections/reach-host.ts';
import { findEmployee } from '../../../../people/employees.store.ts';
import type { Context } from '../../../../platform/context.ts';
import { inWorkspace } from '../../../../platform/db.ts';
import type { Dialled, DialOrder } from '../source.ts';
import { askApi } from './ask-api.ts';
import { accountUrl, twilioLineOf } from './twilio-line.ts';
import { addressOf, phoneOf } from './twiml.ts';

/** Twilio rings the employee's phone; when they take it, it asks `connect` and calls the client. */
export async function dial(context: Context, order: DialOrder): Promise<Dialled> {
  const { channel, line, sourceCallId } = order;
  const twilio = twilioLineOf(context.config, { channel, line });
  const phone = phoneOf(order.extension) ?? (await ownPhone(context, order));
  if (phone === undefined) return { outcome: 'permanent', reason: because('no-extension', { line: line.name }) };
  const base = `${context.config.publicUrl}/hooks/twilio/${channel.id}`;
  const call = `call=${encodeURIComponent(sourceCallId)}`;
  try {
    const { status, text } = await askApi(`${accountUrl(twilio)}/Calls.json`, {
      ...{ user: twilio.accountSid, password: twilio.authToken, privateHosts: context.config.privateHosts },
      fields: {
        ...{ To: addressOf(phone), From: line.number ?? '', Url: `${base}/connect?${call}`, Method: 'POST' },
        ...{ StatusCallback: `${base}/status?${call}`, Timeout: String(twilio.ringSeconds) },
      },
    });
    if (status >= 200 && status < 300) return { outcome: 'sent' };
    const ofProvider = status === 401 || status === 429 || status >= 500;
    return { outcome: 'permanent', reason: because('exchange-says', { answer: wordsOf(text, status) }), ofProvider };
  } catch (error) {
    return { outcome: 'permanent', reason: reasonOf(error), ofProvider: !(error instanceof PrivateHost) };
  }
}

/** Why Twilio was not reached. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof PrivateHost) return because('private-exchange', { host: error.message });
  return because('exchange-away', { answer: error instanceof Error ? error.message : String(error) });
}

async function ownPhone({ databases }: Context, { workspaceId, employeeId }: DialOrder) {
  const found = await inWorkspace(databases.app, workspaceId, (tx) => findEmployee(tx, workspaceId, employeeId));
  return phoneOf(found?.phone);
}

/** `{"code": 21211, "message": "Invalid 'To' Phone Number", …}` */
export function wordsOf(text: string, status: number): string {
  const [, message] = /"message"\s*:\s*"((?:[^"\\]|\\.){1,300})"/.exec(text) ?? [];
  return message ?? `HTTP ${status}`;
}
