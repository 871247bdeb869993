import { actingId, recipients } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { longTemplate, people, person } from '../../kit/settings/fields.ts';
import strings from './notify.strings.json' with { type: 'json' };

/** A line in the bell with the sender's face and a link to the item. */
export const notify = defineRule({
  key: 'alerts/notify',
  icon: 'bell',
  group: 'alerts',
  writesToClients: false,
  uses: ['people', 'notifications'],
  leaves: ['notification'],
  fields: {
    text: longTemplate({ required: true }),
    sender: person(),
    recipients: people({ initial: ['responsible'] }),
  },
  outputs: {},
  strings,
  example: { text: '{{ item.title }}: {{ client.name }} has read the offer', recipients: ['responsible'] },
  async run(settings, { ports }) {
    const to = await recipients(ports.people, settings.recipients);
    const senderId = await actingId(ports.people, settings.sender);
    await ports.notifications.notify({ text: settings.text, senderId, recipientIds: to.map(({ id }) => id) });
    return {};
  },
});
