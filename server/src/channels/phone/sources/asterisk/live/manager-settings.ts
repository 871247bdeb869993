import { unsealSecrets } from '../../../../../connections/channel-secrets.ts';
import type { StoredChannel } from '../../../../../connections/channels.store.ts';
import type { Config } from '../../../../../platform/config/config.ts';
import type { Line } from '../../../lines/line.ts';
import type { Site } from '../folding/site.ts';
import { asksForFiles } from './recordings.ts';
import { textOf } from './text-of.ts';

/** How the manager of an exchange is reached, as the line's settings say. */
export interface ManagerSettings {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'none';
  /** In PEM, of an exchange that certifies itself; empty: the authorities of the system. */
  readonly certificate: string;
  readonly login: 'md5' | 'plain';
  readonly user: string;
  readonly secret: string;
  /** Classes of events, as the manager names them. */
  readonly events: string;
}

const EVENTS = 'call,cel,user';

export function managerOf(channel: StoredChannel, config: Pick<Config, 'dataDir'>): ManagerSettings {
  const { settings } = channel;
  const { amiSecret } = unsealSecrets(config, channel);
  return {
    host: textOf(settings.amiHost),
    port: typeof settings.amiPort === 'number' ? settings.amiPort : 5_038,
    security: settings.amiSecurity === 'tls' ? 'tls' : 'none',
    certificate: pemOf(textOf(settings.amiCertificate)),
    login: settings.amiLogin === 'plain' ? 'plain' : 'md5',
    user: textOf(settings.amiUser),
    secret: textOf(amiSecret),
    events: asksForFiles(textOf(settings.recordingUrl)) ? `${EVENTS},dialplan` : EVENTS,
  };
}

/** A certificate as it was pasted, into one line too, in the lines that PEM asks for; empty: none. */
export function pemOf(pasted: string): string {
  const blocks = pasted.matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g);
  return [...blocks]
    .map(([, body = '']) => body.replace(/\s+/g, '').replace(/.{64}/g, '$&\n').trimEnd())
    .map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`)
    .join('');
}

/** What the settings say of the exchange behind the line. */
export function siteOf({ settings }: Pick<StoredChannel, 'settings'>, { employees }: Pick<Line, 'employees'>): Site {
  const extensions = employees.map(({ extension }) => extension).filter((one) => one !== '');
  return {
    extensions: new Set(extensions),
    trunks: wordsOf(settings.trunks),
    contexts: wordsOf(settings.contexts),
  };
}

const wordsOf = (value: unknown) =>
  textOf(value)
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
