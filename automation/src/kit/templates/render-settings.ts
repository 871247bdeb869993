import type { RunFacts } from '../facts.ts';
import type { Fields, SettingsOf } from '../settings/setting.ts';
import { isSettings, mapSettings } from '../settings/settings.ts';
import { type Instant, isEmpty } from '../values/values.ts';
import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';
import { renderTemplate, type TemplateContext, templateContext } from './template.ts';

/** Settings with their templates rendered; a required one left empty by that fails the run (semantics.md 5.2). */
export function renderSettings<F extends Fields>(
  fields: F,
  settings: SettingsOf<F>,
  facts: RunFacts,
  now: Instant,
): SettingsOf<F> {
  let names: TemplateContext | undefined;
  const rendered = mapSettings(fields, settings, () => (text, as) => {
    if (!text.includes('{')) return text;
    names ??= templateContext({ ...facts, now });
    return renderTemplate(text, names, { as });
  });
  const empty = Object.keys(fields).find((name) => fields[name]?.required === true && isEmpty(rendered[name]));
  if (empty !== undefined) throw new Impossible(because('setting-empty', { setting: empty }));
  if (!isSettings(fields, rendered)) throw new Impossible(because('settings-incomplete'));
  return rendered;
}
