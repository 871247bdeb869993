import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import type { StoredChannel } from '../../../../../connections/channels.store.ts';
import { PrivateHost } from '../../../../../connections/reach-host.ts';
import { LoginRefused } from './manager.ts';

/** Why the exchange of a line is not connected, in words of whoever set the line up. */
export function reasonOf(error: unknown, { settings }: Pick<StoredChannel, 'settings'>): Reason {
  const answer = error instanceof Error ? error.message.slice(0, 300) : String(error);
  if (error instanceof PrivateHost) return because('private-exchange', { host: String(settings.amiHost ?? '') });
  return because(error instanceof LoginRefused ? 'exchange-refuses' : 'exchange-away', { answer });
}
