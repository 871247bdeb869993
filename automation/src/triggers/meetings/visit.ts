import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchIf } from '../../kit/definitions/match.ts';
import { choice } from '../../kit/settings/fields.ts';
import strings from './visit.strings.json' with { type: 'json' };

/** A visit is recorded in the item’s card. */
export const visit = defineTrigger({
  key: 'meetings/visit',
  icon: 'map-pin',
  group: 'changes',
  on: ['visit.started', 'visit.finished'],
  fields: { when: choice(['started', 'finished'], 'started') },
  strings,
  example: { when: 'finished' },
  matches: (_visit, { when }, { signal }) =>
    matchIf(signal.kind === `visit.${when}`, 'when', { wanted: when, got: signal.kind }),
});
