import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchSome } from '../../kit/definitions/match.ts';
import { references } from '../../kit/settings/fields.ts';
import strings from './submitted.strings.json' with { type: 'json' };

/** The client fills in any CRM form. */
export const submitted = defineTrigger({
  key: 'forms/submitted',
  icon: 'clipboard-list',
  group: 'changes',
  on: 'form.submitted',
  fields: { forms: references('form') },
  strings,
  example: { forms: [1] },
  matches: ({ form }, { forms }) => matchSome('forms', forms, [form]),
});
