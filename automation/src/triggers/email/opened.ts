import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchIf } from '../../kit/definitions/match.ts';
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
  // An open that does not count is no second open: it is refused as not a person's, not by this setting (semantics.md 9.3).
  matches: (open, { firstOnly, machine }) =>
    matchIf(!firstOnly || open.firstOpen !== false || isUncounted(open, machine), 'firstOnly', {
      wanted: true,
      got: open.firstOpen,
    }),
  countsMachines: (settings) => settings.machine,
});

function isUncounted(
  open: { machine?: boolean | undefined; employee?: number | undefined },
  countsMachines: boolean,
): boolean {
  return open.employee !== undefined || (open.machine === true && !countsMachines);
}
