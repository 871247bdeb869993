import { changesOf, isOneOf } from '../../kit/conditions/changes.ts';
import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { people } from '../../kit/settings/fields.ts';
import strings from './responsible-changed.strings.json' with { type: 'json' };

/** Another employee becomes responsible for an existing item. */
export const responsibleChanged = defineTrigger({
  key: 'crm/responsible-changed',
  icon: 'user-round-pen',
  group: 'changes',
  on: 'item.changed',
  fields: { from: people(), to: people() },
  strings,
  example: { to: ['anna@example.com'] },
  matches({ changes }, { from, to }, seen) {
    const [change] = changesOf(changes, ['responsible']);
    if (change === undefined)
      return { setting: 'responsible', wanted: 'changed', got: changes.map(({ field }) => field) };
    if (!isOneOf(change.from, from, seen)) return { setting: 'from', wanted: from, got: change.from ?? null };
    return isOneOf(change.to, to, seen) || { setting: 'to', wanted: to, got: change.to ?? null };
  },
});
