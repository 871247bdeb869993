import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchIf, matchSome } from '../../kit/definitions/match.ts';
import { references, toggle } from '../../kit/settings/fields.ts';
import strings from './created.strings.json' with { type: 'json' };

/** A document is made from a template in the item. */
export const created = defineTrigger({
  key: 'documents/created',
  icon: 'file-plus',
  group: 'paperwork',
  on: 'document.created',
  fields: { templates: references('document-template'), byRules: toggle(true) },
  strings,
  example: { templates: [2] },
  matches: ({ template, by }, { templates, byRules }) =>
    matchAll(
      matchIf(byRules || by !== 'rule', 'byRules', { wanted: byRules, got: by }),
      matchSome('templates', templates, [template]),
    ),
});
