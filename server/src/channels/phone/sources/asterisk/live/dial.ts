import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { Context } from '../../../../../platform/context.ts';
import type { Dialled, DialOrder } from '../../source.ts';
import { isSuccess } from './asking.ts';
import { reasonOf } from './down-reason.ts';
import { openManager } from './manager.ts';
import { managerOf } from './manager-settings.ts';
import { openSocket } from './open-socket.ts';
import { textOf } from './text-of.ts';

const RING_MS = 30_000;

/**
 * Rings the employee's phone; when they take it, the exchange calls the number as if they had dialled it. The exchange knows the call by our own
 * id from its first channel on: as the channel's id, and in dialects before AMI 2 as its account code.
 */
export async function dial(context: Context, order: DialOrder): Promise<Dialled> {
  const { channel, extension, sourceCallId, number } = order;
  if (extension === null) return { outcome: 'permanent', reason: because('no-extension', { line: channel.name }) };
  try {
    const settings = managerOf(channel, context.config);
    const socket = await openSocket(settings, context.config);
    const manager = await openManager(socket, settings, { take: () => undefined });
    try {
      const answer = await manager.ask('Originate', {
        ...{
          Channel: phoneOf(textOf(channel.settings.dialChannel), extension),
          Exten: number.replace(/[^\d+*#]/g, ''),
        },
        ...{ Context: textOf(channel.settings.dialContext) || 'from-internal', Priority: '1' },
        ...{
          CallerID: number,
          Timeout: String(RING_MS),
          Async: 'true',
          ChannelId: sourceCallId,
          Account: sourceCallId,
        },
      });
      if (isSuccess(answer)) return { outcome: 'sent' };
      return { outcome: 'permanent', reason: because('exchange-says', { answer: answer.get('message') ?? '' }) };
    } finally {
      manager.close();
    }
  } catch (error) {
    // Not tried again by itself: nobody waits at the telephone any more.
    return { outcome: 'permanent', reason: reasonOf(error, channel), ofProvider: true };
  }
}

function phoneOf(template: string, extension: string): string {
  return (template || 'PJSIP/{extension}').replaceAll('{extension}', extension);
}
