import { mailboxId, recipients } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { attachments, channel, longTemplate, people, template, toggle } from '../../kit/settings/fields.ts';
import strings from './email-employee.strings.json' with { type: 'json' };

/** A real e-mail to employees; on the timeline only when asked. */
export const emailEmployee = defineRule({
  key: 'alerts/email-employee',
  icon: 'mail-plus',
  group: 'alerts',
  writesToClients: false,
  uses: ['people', 'mail'],
  leaves: ['email'],
  fields: {
    from: channel('mailbox'),
    to: people({ initial: ['responsible'] }),
    subject: template({ required: true }),
    text: longTemplate({ required: true }),
    attachments: attachments(),
    showOnTimeline: toggle(),
  },
  outputs: {},
  strings,
  example: { subject: 'New client: {{ client.name }}', text: 'Call {{ client.phone }} about {{ item.title }}.' },
  async run({ from, to, ...mail }, { ports }) {
    const people = await recipients(ports.people, to);
    await ports.mail.queueToEmployee({
      ...mail,
      mailboxId: await mailboxId(ports.mail, from),
      toIds: people.map(({ id }) => id),
    });
    return {};
  },
});
