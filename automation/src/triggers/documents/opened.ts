import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchFirst, matchSome } from '../../kit/definitions/match.ts';
import { references, toggle } from '../../kit/settings/fields.ts';
import strings from './opened.strings.json' with { type: 'json' };

/** The client opens a document by its public link. */
export const documentOpened = defineTrigger({
  key: 'documents/opened',
  icon: 'file-search',
  group: 'paperwork',
  on: 'document.opened',
  fields: { templates: references('document-template'), firstOnly: toggle(), machine: toggle() },
  strings,
  example: { firstOnly: true },
  matches: (open, { templates, ...counted }) =>
    matchAll(matchSome('templates', templates, [open.template]), matchFirst(open, counted)),
  countsMachines: (settings) => settings.machine,
});
