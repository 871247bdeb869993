import { unsealSecrets } from '../../../connections/channel-secrets.ts';
import type { StoredChannel } from '../../../connections/channels.store.ts';
import type { Config } from '../../../platform/config/config.ts';

/** Where outgoing mail is handed in. */
export interface SmtpServer {
  readonly host: string;
  /** Whom its certificate has to name, when `host` is an address that was looked up. */
  readonly certifiedAs?: string;
  /** The operator's own, which may stand anywhere. */
  readonly isOperators: boolean;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none' | 'opportunistic';
  readonly user: string | null;
  readonly password: string | null;
}

/** The mailbox's own settings, else SMTP_URL; undefined when neither says. */
export function smtpServerOf(
  mailbox: StoredChannel,
  config: Pick<Config, 'dataDir' | 'smtpUrl'>,
): SmtpServer | undefined {
  const { settings } = mailbox;
  const { smtpUrl } = config;
  const { smtpHost, smtpPort, smtpSecurity, smtpUser } = settings;
  if (typeof smtpHost !== 'string' || smtpHost === '') return smtpUrl === undefined ? undefined : parseSmtpUrl(smtpUrl);
  return {
    host: smtpHost,
    isOperators: false,
    port: typeof smtpPort === 'number' ? smtpPort : 587,
    security: smtpSecurity === 'tls' || smtpSecurity === 'none' ? smtpSecurity : 'starttls',
    user: typeof smtpUser === 'string' ? smtpUser : null,
    password: passwordOf(mailbox, config),
  };
}

function passwordOf(mailbox: StoredChannel, config: Pick<Config, 'dataDir'>): string | null {
  const { smtpPassword } = unsealSecrets(config, mailbox);
  return typeof smtpPassword === 'string' ? smtpPassword : null;
}

/**
 * `smtp://user:password@host:587`, `smtps://host`. smtp needs STARTTLS, so that nobody between reads the password and the mail; a server
 * without is named as `smtp://host?tls=optional`. On this machine nobody is between.
 */
export function parseSmtpUrl(text: string): SmtpServer {
  const url = new URL(text);
  const isSecure = url.protocol === 'smtps:';
  return {
    isOperators: true,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    security: isSecure ? 'tls' : mayBePlain(url) ? 'opportunistic' : 'starttls',
    user: url.username === '' ? null : decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
  };
}

function mayBePlain(url: URL): boolean {
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return isHere || url.searchParams.get('tls') === 'optional';
}
