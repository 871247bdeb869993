import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchIf } from '../../kit/definitions/match.ts';
import { webhookCode } from '../../kit/settings/fields.ts';
import strings from './webhook.strings.json' with { type: 'json' };

/** Another system calls the trigger’s URL for an item. */
export const webhook = defineTrigger({
  key: 'apps/webhook',
  icon: 'webhook',
  group: 'other',
  on: 'webhook.called',
  fields: { code: webhookCode() },
  strings,
  example: { code: 'paid-outside' },
  equals: { setting: 'code', got: ({ code }) => code },
  matches: ({ code }, settings) => matchIf(code === settings.code, 'code', { wanted: settings.code, got: code }),
});
