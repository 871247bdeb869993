import type { NameScope } from '@signalbox/automation/kit/conditions/names.ts';
import type { Reference } from './workspace-facts.ts';

/** What conditions and templates of items of a type may name: their own fields, their clients', those of what is tied to them. */
export function nameScopeOf(
  { fieldsOf, itemTypes }: Pick<Reference, 'fieldsOf' | 'itemTypes'>,
  type: string,
): Required<Pick<NameScope, 'fields' | 'clientFields' | 'tiedFields'>> {
  const custom = (owner: string) => fieldsOf(owner).filter((field) => field.custom);
  return {
    fields: fieldsOf(type),
    clientFields: [...custom('contact'), ...custom('company')],
    tiedFields: Object.fromEntries(itemTypes.map((one) => [one, fieldsOf(one)])),
  };
}
