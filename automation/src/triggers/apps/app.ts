import { defineTrigger } from '../../kit/define-trigger.ts';
import { text } from '../../kit/fields.ts';
import { matchIf } from '../../kit/match.ts';
import strings from './app.strings.json' with { type: 'json' };

/** An installed app calls its trigger. */
export const app = defineTrigger({
  key: 'apps/app',
  icon: 'puzzle',
  group: 'other',
  on: 'app.triggered',
  fields: { code: text({ required: true }) },
  strings,
  example: { code: 'my-app-trigger' },
  matches: ({ code }, settings) => matchIf(code === settings.code, 'code', { wanted: settings.code, got: code }),
});
