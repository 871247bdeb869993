import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { choice, port, secret, text, toggle } from '../../kit/settings/fields.ts';
import { line } from '../../kit/settings/line.ts';
import strings from './asterisk.strings.json' with { type: 'json' };

/** A line of an exchange of one's own, followed by its manager interface (docs/telephone.md). */
export const asteriskPhoneLine = defineChannel({
  kind: 'phone-line',
  provider: 'asterisk',
  icon: 'phone',
  shared: line,
  fields: {
    amiHost: text({ required: true, most: 300 }),
    amiPort: port(5_038),
    amiSecurity: choice(['none', 'tls'], 'none'),
    amiCertificate: text({ most: 10_000 }),
    amiLogin: choice(['md5', 'plain'], 'md5'),
    amiUser: text({ required: true, most: 200 }),
    amiSecret: secret(),
    trunks: text({ most: 500 }),
    contexts: text({ most: 500 }),
    otherPhones: toggle(true),
    dialChannel: text({ most: 200 }),
    dialContext: text({ most: 100 }),
    recordingUrl: text({ most: 500 }),
    recordingUser: text({ most: 200 }),
    recordingSecret: secret(),
  },
  ties: 'all',
  strings,
  example: {
    ...{ number: '+48221234567', employees: [{ employee: 3, extension: '101' }] },
    ...{ amiHost: 'pbx.firm.test', amiUser: 'signalbox', amiSecret: 'secret', trunks: 'provider' },
  },
});
