import type { StoredChannel } from '../../../../../connections/channels.store.ts';
import type { ChannelCheck } from '../../../../../connections/test-channel.routes.ts';
import type { Context } from '../../../../../platform/context.ts';
import { reasonOf } from './down-reason.ts';
import { LoginRefused, openManager } from './manager.ts';
import { managerOf } from './manager-settings.ts';
import { openSocket } from './open-socket.ts';

/** On a connection of its own: whether the exchange is reached, and lets us in. */
export async function testLine({ config }: Context, channel: StoredChannel): Promise<readonly ChannelCheck[]> {
  const settings = managerOf(channel, config);
  try {
    const socket = await openSocket(settings, config);
    const manager = await openManager(socket, settings, { take: () => undefined });
    manager.close();
    return [connected(null), signedIn(null)];
  } catch (error) {
    const reason = reasonOf(error, channel);
    return error instanceof LoginRefused ? [connected(null), signedIn(reason)] : [connected(reason)];
  }
}

const connected = (reason: ChannelCheck['reason']): ChannelCheck => ({
  ...{ code: 'connected', message: 'The exchange answers', reason },
});
const signedIn = (reason: ChannelCheck['reason']): ChannelCheck => ({
  ...{ code: 'signed-in', message: 'The exchange takes the user and the password', reason },
});
