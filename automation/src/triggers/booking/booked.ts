import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchSome } from '../../kit/definitions/match.ts';
import { references } from '../../kit/settings/fields.ts';
import strings from './booked.strings.json' with { type: 'json' };

/** A resource is booked, in the card or by the client. */
export const booked = defineTrigger({
  key: 'booking/booked',
  icon: 'calendar-check',
  group: 'changes',
  on: 'booking.created',
  fields: { resources: references('resource') },
  strings,
  example: { resources: [4] },
  matches: ({ resource }, { resources }) => matchSome('resources', resources, [resource]),
});
