import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchSome } from '../../kit/definitions/match.ts';
import { multiChoice } from '../../kit/settings/fields.ts';
import strings from './status-changed.strings.json' with { type: 'json' };

/** A task tied to the item comes to a status. */
export const statusChanged = defineTrigger({
  key: 'tasks/status-changed',
  icon: 'list-checks',
  group: 'tasks',
  on: 'task.status-changed',
  fields: { statuses: multiChoice(['new', 'inProgress', 'waitingForControl', 'deferred', 'completed', 'declined']) },
  strings,
  example: { statuses: ['completed'] },
  matches: ({ status }, { statuses }) => matchSome('statuses', statuses, [status]),
});
