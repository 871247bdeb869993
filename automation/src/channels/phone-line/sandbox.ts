import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { text } from '../../kit/settings/fields.ts';
import strings from './sandbox.strings.json' with { type: 'json' };

/** A phone line whose calls are played, not made. */
export const sandboxPhoneLine = defineChannel({
  kind: 'phone-line',
  provider: 'sandbox',
  icon: 'phone',
  fields: { number: text({ most: 500 }) },
  ties: 'all',
  strings,
  start: { name: 'Sandbox phone', settings: { number: '+48221234567' } },
  example: { number: '+48221234567' },
});
