import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { line } from '../../kit/settings/line.ts';
import strings from './sandbox.strings.json' with { type: 'json' };

/** A phone line whose calls are played, not made. */
export const sandboxPhoneLine = defineChannel({
  kind: 'phone-line',
  provider: 'sandbox',
  icon: 'phone',
  shared: line,
  fields: {},
  ties: 'all',
  strings,
  start: { nameIn: (language) => strings[language].start, settings: { number: '+48221234567' } },
  example: { number: '+48221234567' },
});
