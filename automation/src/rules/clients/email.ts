import { mailboxId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { attachments, channel, longTemplate, richTemplate, template, toggle } from '../../kit/settings/fields.ts';
import { Impossible } from '../../kit/words/impossible.ts';
import { because } from '../../kit/words/reasons.ts';
import strings from './email.strings.json' with { type: 'json' };

/** A real e-mail to the client, on the timeline; opens and clicks feed the e-mail triggers. */
export const email = defineRule({
  key: 'clients/email',
  icon: 'send',
  group: 'client',
  writesToClients: true,
  uses: ['mail'],
  leaves: ['email'],
  fields: {
    from: channel('mailbox'),
    to: template(),
    subject: template({ required: true }),
    text: longTemplate(),
    html: richTemplate(),
    attachments: attachments(),
    track: toggle(true),
  },
  outputs: { emailId: 'number' },
  strings,
  example: { subject: 'Our offer', text: 'Dear {{ client.name }}, here is our offer.' },
  check: ({ text, html }) =>
    isBlank(text) && isBlank(html)
      ? [{ path: ['text'], code: 'required', message: 'Give a text or an html text' }]
      : [],
  causes: () => [{ kind: 'email.sent', payload: { by: 'rule' } }],
  async run({ from, to, text, html, ...mail }, { ports }) {
    if (isBlank(text) && isBlank(html)) throw new Impossible(because('text-empty'));
    const body = isBlank(html) ? { text } : { html, ...(isBlank(text) ? {} : { text }) };
    const address = to.trim();
    return ports.mail.queueToClient({
      ...mail,
      ...body,
      to: address === '' ? null : address,
      mailboxId: await mailboxId(ports.mail, from),
    });
  },
});

function isBlank(text: string): boolean {
  return text.trim() === '';
}
