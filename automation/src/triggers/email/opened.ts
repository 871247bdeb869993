import { defineTrigger } from '../../kit/define-trigger.ts';
import { toggle } from '../../kit/fields.ts';
import { matchIf } from '../../kit/match.ts';
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
  matches: ({ firstOpen }, { firstOnly }) =>
    matchIf(!firstOnly || firstOpen !== false, 'firstOnly', { wanted: true, got: firstOpen }),
  countsMachines: (settings) => settings.machine,
});
