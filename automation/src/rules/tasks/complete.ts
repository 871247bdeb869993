import './port.ts';
import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { person, stages } from '../../kit/settings/fields.ts';
import strings from './complete.strings.json' with { type: 'json' };

/** Completes the item's open tasks that rules of chosen stages have made (rules.md). */
export const complete = defineRule({
  key: 'tasks/complete',
  icon: 'list-checks',
  group: 'tasks',
  writesToClients: false,
  uses: ['people', 'tasks'],
  leaves: ['task-status'],
  fields: { stages: stages(), onBehalfOf: person() },
  outputs: { completed: 'number' },
  strings,
  example: { stages: ['NEW'] },
  causes: () => [{ kind: 'task.status-changed', payload: { status: 'completed' } }],
  async run(settings, { ports }) {
    const byId = await actingId(ports.people, settings.onBehalfOf);
    return ports.tasks.complete({ stages: settings.stages, byId });
  },
});
