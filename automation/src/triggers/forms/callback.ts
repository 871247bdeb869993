import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchIf, matchSome } from '../../kit/definitions/match.ts';
import { references } from '../../kit/settings/fields.ts';
import strings from './callback.strings.json' with { type: 'json' };

/** The client asks to be called back. */
export const callback = defineTrigger({
  key: 'forms/callback',
  icon: 'phone-forwarded',
  group: 'communication',
  on: 'form.submitted',
  fields: { forms: references('callback-form') },
  strings,
  example: { forms: [1] },
  matches: (submitted, { forms }) =>
    matchAll(
      matchIf(submitted.callback === true, 'callback', { wanted: true, got: submitted.callback }),
      matchSome('forms', forms, [submitted.form]),
    ),
});
