import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchFirst } from '../../kit/definitions/match.ts';
import { toggle } from '../../kit/settings/fields.ts';
import strings from './opened.strings.json' with { type: 'json' };

/** The client opens an e-mail sent from the item. */
export const opened = defineTrigger({
  key: 'email/opened',
  icon: 'mail-open',
  group: 'communication',
  on: 'email.opened',
  fields: { firstOnly: toggle(), machine: toggle() },
  strings,
  example: { firstOnly: true },
  matches: (open, settings) => matchFirst(open, settings),
  countsMachines: (settings) => settings.machine,
});
