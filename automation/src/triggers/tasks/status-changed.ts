import { z } from 'zod';
import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchSome } from '../../kit/definitions/match.ts';
import { multiChoice } from '../../kit/settings/fields.ts';
import { taskStatuses } from '../../kit/values/task-statuses.ts';
import strings from './status-changed.strings.json' with { type: 'json' };

/** What earlier versions called them, in saved boards and from outside. */
const earlier: Readonly<Record<string, string>> = {
  inProgress: 'in-progress',
  waitingForControl: 'supposedly-completed',
  declined: 'deferred',
};
const nowCalled = (status: string) => (Object.hasOwn(earlier, status) ? (earlier[status] ?? status) : status);

function upgraded(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  return [...new Set(given.map((one) => (typeof one === 'string' ? nowCalled(one) : one)))];
}

const statuses = multiChoice(taskStatuses);

/** A task tied to the item comes to a status. */
export const statusChanged = defineTrigger({
  key: 'tasks/status-changed',
  icon: 'list-checks',
  group: 'tasks',
  on: 'task.status-changed',
  fields: { statuses: { ...statuses, schema: z.preprocess(upgraded, statuses.schema) } },
  strings,
  example: { statuses: ['completed'] },
  matches: ({ status }, settings) => matchSome('statuses', settings.statuses, [nowCalled(status)]),
});
