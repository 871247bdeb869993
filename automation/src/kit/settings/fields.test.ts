import { describe, expect, it } from 'vitest';
import { fieldChanges, fieldValues } from './field-values.ts';
import * as field from './fields.ts';
import { pathText } from './problems.ts';
import type { Setting } from './setting.ts';
import { settingsParser } from './settings.ts';

function read(setting: Setting, value: unknown): unknown {
  const parsed = settingsParser({ it: setting })({ it: value });
  return parsed.ok ? parsed.settings.it : parsed.problems.map(({ path }) => pathText(path)).join(', ');
}

describe('settings', () => {
  it.each<[string, Setting, unknown, unknown]>([
    ['text', field.text(), 'a', 'a'],
    ['template', field.template(), '{{ item.title }}', '{{ item.title }}'],
    ['toggle', field.toggle(), true, true],
    ['choice', field.choice(['a', 'b'], 'a'), 'b', 'b'],
    ['multiChoice', field.multiChoice(['a', 'b']), ['a', 'b'], ['a', 'b']],
    ['number', field.number({ initial: 600 }), 30, 30],
    ['duration', field.duration(), '2 days', { count: 2, unit: 'days' }],
    ['money', field.money(), { amount: '9.99', currency: 'EUR' }, { amount: '9.99', currency: 'EUR' }],
    ['person', field.person(), 'creator', 'creator'],
    ['people', field.people(), ['role:Lawyer', 'a@b.test'], ['role:Lawyer', 'a@b.test']],
    ['one of people', field.people(), 'creator', ['creator']],
    ['patterns', field.patternsOrAny(), ['https://a.test/*'], ['https://a.test/*']],
    ['any link', field.patternsOrAny(), 'any', 'any'],
    ['phrases', field.phrases(), 'hello', ['hello']],
    ['channels', field.channels('mailbox'), [1, 'a@b.test'], [1, 'a@b.test']],
    ['channel', field.channel('mailbox'), 3, 3],
    ['references', field.references('form'), 'Contact', ['Contact']],
    ['dateField', field.dateField(), 'deliveryDate', 'deliveryDate'],
    ['fieldCodes', field.fieldCodes(), ['amount'], ['amount']],
    ['stage', field.stage(), 'WON', 'WON'],
    ['attachments', field.attachments(), { files: [3] }, { fields: [], files: [3] }],
    ['secret', field.secret(), 'x', 'x'],
    ['webhookCode', field.webhookCode(), 'go', 'go'],
    ['fieldValues', fieldValues(), 5, [5]],
    ['fieldChanges', fieldChanges(), [{ field: 'a', value: 1 }], [{ field: 'a', value: 1, mode: 'replace' }]],
  ])('%s takes its values', (_what, setting, value, expected) => expect(read(setting, value)).toEqual(expected));

  it.each<[string, Setting, unknown]>([
    ['required text', field.text({ required: true }), '  '],
    ['toggle', field.toggle(), 'yes'],
    ['choice', field.choice(['a', 'b'], 'a'), 'c'],
    ['multiChoice', field.multiChoice(['a', 'b']), ['c']],
    ['number', field.number({ initial: 600 }), -1],
    ['duration', field.duration(), 'soon'],
    ['money', field.money(), { amount: 'much', currency: 'EUR' }],
    ['person', field.person(), 'somebody'],
    ['required people', field.people({ required: true }), []],
    ['patterns', field.patternsOrAny(), []],
    ['phrases', field.phrases(), ['']],
    ['fieldCodes', field.fieldCodes(), []],
    ['attachments', field.attachments(), { paths: ['/etc/passwd'] }],
    ['webhookCode', field.webhookCode(), ''],
    ['fieldChanges', fieldChanges(), [{ field: 'a', value: 1, mode: 'delete' }]],
  ])('%s refuses others, at its path', (_what, setting, value) => expect(String(read(setting, value))).toMatch(/^it/));

  it('takes null or nothing for the default, and refuses unknown keys', () => {
    const parse = settingsParser({ on: field.toggle(true), to: field.people({ initial: ['responsible'] }) });
    expect(parse(undefined)).toEqual({ ok: true, settings: { on: true, to: ['responsible'] } });
    expect(parse({ on: null })).toEqual({ ok: true, settings: { on: true, to: ['responsible'] } });
    expect(parse({ off: 1 })).toMatchObject({ ok: false, problems: [{ path: ['off'], code: 'unknown-key' }] });
  });

  it('says which required setting is missing', () => {
    expect(settingsParser({ text: field.longTemplate({ required: true }) })({})).toMatchObject({
      ok: false,
      problems: [{ path: ['text'], code: 'required' }],
    });
  });
});
