import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { patternsOrAny, toggle } from '../../kit/settings/fields.ts';
import { covers } from '../../kit/values/links.ts';
import strings from './link-clicked.strings.json' with { type: 'json' };

/** The client clicks a link in an e-mail sent from the item. */
export const linkClicked = defineTrigger({
  key: 'email/link-clicked',
  icon: 'mouse-pointer-click',
  group: 'communication',
  on: 'email.link-clicked',
  fields: { links: patternsOrAny(), machine: toggle() },
  strings,
  example: { links: ['https://shop.example/offer'] },
  matches: ({ url }, { links }) =>
    links === 'any' || links.some((link) => covers(link, url)) || { setting: 'links', wanted: links, got: url },
  countsMachines: (settings) => settings.machine,
});
