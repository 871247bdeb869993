import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchIf } from '../../kit/definitions/match.ts';
import { text } from '../../kit/settings/fields.ts';
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
  equals: { setting: 'code', got: ({ code }) => code },
  matches: ({ code }, settings) => matchIf(code === settings.code, 'code', { wanted: settings.code, got: code }),
});
