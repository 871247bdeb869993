import type { NameScope } from '@signalbox/automation/kit/conditions/names.ts';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import type { Reference } from './workspace-facts.ts';

/** What conditions and templates of items of a type may name: their own fields, their clients', those of what is tied to them. */
export function nameScopeOf(
  { fieldsOf, itemTypes, people, pipelines }: Pick<Reference, 'fieldsOf' | 'itemTypes' | 'people' | 'pipelines'>,
  type: string,
): Required<
  Pick<
    NameScope,
    'fields' | 'clientFields' | 'clientFieldsOf' | 'tiedFields' | 'isPerson' | 'pipelines' | 'pipelinesOf'
  >
> {
  const custom = (owner: string) => fieldsOf(owner).filter((field) => field.custom);
  return {
    fields: fieldsOf(type),
    clientFields: [...custom('contact'), ...custom('company')],
    clientFieldsOf: { contact: custom('contact'), company: custom('company') },
    tiedFields: Object.fromEntries(itemTypes.map((one) => [one, fieldsOf(one)])),
    isPerson: personFinder(people),
    pipelines: [...pipelines.values()].filter((one) => one.type === type).map(({ name }) => name),
    pipelinesOf: Object.fromEntries(itemTypes.map((one) => [one, placesOf(pipelines, one)])),
  };
}

function placesOf(pipelines: Reference['pipelines'], type: string) {
  return [...pipelines.values()]
    .filter((one) => one.type === type)
    .map(({ id, name, stages }) => ({ id, name, stages: stages.map(({ code }) => code) }));
}

/** Those who have left count too: an item may still be theirs. */
export function personFinder(people: Reference['people']): (name: string) => boolean {
  let names: ReadonlySet<string> | undefined;
  return (name) => {
    names ??= new Set(
      [...people.values()].flatMap(({ id, email, name: called }) => [
        String(id),
        normalEmail(email),
        foldedText(called),
      ]),
    );
    return names.has(foldedText(name)) || names.has(normalEmail(name));
  };
}
