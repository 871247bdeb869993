import { unsealSecrets } from '../../../../../connections/channel-secrets.ts';
import type { StoredChannel } from '../../../../../connections/channels.store.ts';
import type { Config } from '../../../../../platform/config/config.ts';
import type { Login } from '../../../recordings/fetch-guarded.ts';
import type { Call } from '../folding/channel.ts';
import { textOf } from './text-of.ts';

/** Whether the exchange has to say which files it records to. */
export const asksForFiles = (template: string) => /\{(file|name)\}/.test(template);

/**
 * Where the recordings of a call are fetched from: `{file}` is the file below the folder of recordings, `{name}` the same without folder and ending,
 * `{call}` the exchange's id of the call. Without a file in it every call has one.
 */
export function addressesOf(template: string, { id, files }: Pick<Call, 'id' | 'files'>): string[] {
  if (template === '') return [];
  const fill = (file: string) =>
    template
      .replaceAll('{file}', () => pathOf(file))
      .replaceAll('{name}', () => encodeURIComponent(nameOf(file)))
      .replaceAll('{call}', () => encodeURIComponent(id));
  return asksForFiles(template) ? [...files].map(fill) : [fill('')];
}

/** To the server of the template alone. */
export function recordingLogin(config: Pick<Config, 'dataDir'>, channel: StoredChannel, url: URL): Login | undefined {
  const template = textOf(channel.settings.recordingUrl);
  const user = textOf(channel.settings.recordingUser);
  if (user === '' || !URL.canParse(template) || new URL(template).origin !== url.origin) return undefined;
  return { user, password: textOf(unsealSecrets(config, channel).recordingSecret) };
}

// `/var/spool/asterisk/monitor/2026/12/01/in-101.wav`: what stands behind the folder; nothing in it leads out of there.
function pathOf(file: string): string {
  const [, below = file] = /\/(?:monitor|recording)\/(.+)$/.exec(file) ?? [];
  return below
    .split('/')
    .filter((part) => !['', '.', '..'].includes(part))
    .map(encodeURIComponent)
    .join('/');
}

const nameOf = (file: string) => (file.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
