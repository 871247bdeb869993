import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { longTemplate, person } from '../../kit/settings/fields.ts';
import strings from './comment.strings.json' with { type: 'json' };

/** A comment on the item's timeline in a person's name. */
export const comment = defineRule({
  key: 'alerts/comment',
  icon: 'message-square-plus',
  group: 'alerts',
  writesToClients: false,
  uses: ['people', 'timeline'],
  leaves: ['comment'],
  fields: { text: longTemplate({ required: true }), createdBy: person() },
  outputs: {},
  strings,
  example: { text: 'Invoice due on {{ item.paymentDate }}' },
  async run(settings, { ports }) {
    const authorId = await actingId(ports.people, settings.createdBy);
    await ports.timeline.comment({ text: settings.text, authorId });
    return {};
  },
});
