import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { number, secret, text, toggle } from '../../kit/settings/fields.ts';
import { line } from '../../kit/settings/line.ts';
import strings from './twilio.strings.json' with { type: 'json' };

/** A number at Twilio, which asks by web hooks what to do with its calls (docs/telephone.md). */
export const twilioPhoneLine = defineChannel({
  kind: 'phone-line',
  provider: 'twilio',
  icon: 'phone',
  shared: line,
  fields: {
    accountSid: text({ required: true, most: 64 }),
    authToken: secret(),
    apiUrl: text({ most: 300 }),
    ringSeconds: number({ initial: 25, least: 5, most: 120, whole: true }),
    record: toggle(),
    announcement: text({ most: 500 }),
  },
  ties: 'all',
  strings,
  example: {
    ...{ number: '+48221234567', employees: [{ employee: 3, extension: '+48600700800' }] },
    ...{ accountSid: 'AC0123456789', authToken: 'secret' },
  },
});
