import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { text } from '../../kit/settings/fields.ts';
import strings from './sandbox.strings.json' with { type: 'json' };

/** Text messages that are kept and not sent. */
export const sandboxSms = defineChannel({
  kind: 'sms-provider',
  provider: 'sandbox',
  icon: 'smartphone',
  fields: { sender: text({ most: 500 }) },
  strings,
  start: { nameIn: (language) => strings[language].start, settings: {} },
  example: { sender: 'Signalbox' },
});
