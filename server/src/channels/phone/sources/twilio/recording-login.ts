import type { StoredChannel } from '../../../../connections/channels.store.ts';
import type { Config } from '../../../../platform/config/config.ts';
import type { Login } from '../../recordings/fetch-guarded.ts';
import { apiUrlOf, secretsOf } from './twilio-line.ts';

/** The account's own, to Twilio alone: its API in any region, or the address that the line names for it. */
export function recordingLogin(config: Pick<Config, 'dataDir'>, channel: StoredChannel, url: URL): Login | undefined {
  if (!isTwilio(url) && url.origin !== new URL(apiUrlOf(channel)).origin) return undefined;
  const { accountSid, authToken } = secretsOf(config, channel);
  return { user: accountSid, password: authToken };
}

const isTwilio = ({ protocol, port, hostname }: URL) =>
  protocol === 'https:' && port === '' && /^api(\.[a-z0-9-]+)*\.twilio\.com$/.test(hostname);
