import { defineTrigger } from '../../kit/define-trigger.ts';
import { webhookCode } from '../../kit/fields.ts';
import { matchIf } from '../../kit/match.ts';
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
  matches: ({ code }, settings) => matchIf(code === settings.code, 'code', { wanted: settings.code, got: code }),
});
