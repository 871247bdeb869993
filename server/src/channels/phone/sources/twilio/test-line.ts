import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { z } from 'zod';
import type { StoredChannel } from '../../../../connections/channels.store.ts';
import type { ChannelCheck } from '../../../../connections/test-channel.routes.ts';
import type { Context } from '../../../../platform/context.ts';
import { inWorkspace } from '../../../../platform/db.ts';
import { loadLine } from '../../lines/line.ts';
import { askApi } from './ask-api.ts';
import { reasonOf, wordsOf } from './dial.ts';
import { accountUrl, type TwilioLine, twilioLineOf } from './twilio-line.ts';

const numbers = z.object({ incoming_phone_numbers: z.array(z.object({ voice_url: z.string().nullish() })) });
type Numbers = z.infer<typeof numbers>['incoming_phone_numbers'];

/** Whether Twilio is reached, takes the account, has the number, and calls our web hook. Nothing is changed there. */
export async function testLine(context: Context, channel: StoredChannel): Promise<readonly ChannelCheck[]> {
  const { config, databases } = context;
  const line = await inWorkspace(databases.app, channel.workspaceId, (tx) => loadLine(tx, channel.id));
  if (line === undefined) return [];
  const twilio = twilioLineOf(config, { channel, line });
  try {
    const query = new URLSearchParams({ PhoneNumber: line.number ?? '' });
    const { status, text } = await askApi(`${accountUrl(twilio)}/IncomingPhoneNumbers.json?${query}`, {
      ...{ user: twilio.accountSid, password: twilio.authToken, privateHosts: config.privateHosts },
    });
    if (status === 401 || status === 403 || status === 404)
      return [connected(null), signedIn(because('twilio-refuses', { answer: wordsOf(text, status) }))];
    const found = status === 200 ? parse(text) : undefined;
    if (found === undefined) return [connected(because('exchange-away', { answer: wordsOf(text, status) }))];
    return [connected(null), signedIn(null), ...checksOf(twilio, { found, publicUrl: config.publicUrl })];
  } catch (error) {
    return [connected(reasonOf(error))];
  }
}

function parse(text: string): Numbers | undefined {
  try {
    return numbers.parse(JSON.parse(text)).incoming_phone_numbers;
  } catch {
    return undefined;
  }
}

function checksOf(
  { channel, line }: TwilioLine,
  { found, publicUrl }: { found: Numbers; publicUrl: string },
): ChannelCheck[] {
  const number = line.number ?? '';
  const isThere = number !== '' && found.length > 0;
  const url = `${publicUrl}/hooks/twilio/${channel.id}/voice`;
  const isHooked = found.some(({ voice_url: voice }) => voice === url);
  const has = isThere ? null : because('twilio-no-number', { number });
  const calls = isHooked ? null : because('twilio-hook', { number, url });
  return [
    { code: 'number', message: 'The number belongs to the account', reason: has },
    ...(isThere
      ? [{ code: 'web-hook' as const, message: 'Twilio asks here what to do with calls', reason: calls }]
      : []),
  ];
}

const connected = (reason: ChannelCheck['reason']): ChannelCheck => ({
  ...{ code: 'connected', message: 'Twilio answers', reason },
});
const signedIn = (reason: ChannelCheck['reason']): ChannelCheck => ({
  ...{ code: 'signed-in', message: 'Twilio takes the account SID and the auth token', reason },
});
