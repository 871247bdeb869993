import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import strings from './visitor-returned.strings.json' with { type: 'json' };

/** A client known from a form or a chat visits the web site again. */
export const visitorReturned = defineTrigger({
  key: 'apps/visitor-returned',
  icon: 'globe',
  group: 'other',
  on: 'visitor.returned',
  fields: {},
  strings,
  example: {},
  matches: () => true,
});
