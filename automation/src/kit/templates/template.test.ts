import { describe, expect, it } from 'vitest';
import { fields, jan, makeItem, makeSignal, workspace } from '../../testing.ts';
import { parseTemplate, renderTemplate, templateContext, templateNames } from './template.ts';
import { longestOutput } from './template-limits.ts';

const item = makeItem({
  values: {
    title: '<b>Windows</b>',
    tags: ['a', 'b'],
    deliveryDate: '2026-12-01',
    source: 'WEB',
    visitAt: '2026-12-01T15:00:00Z',
  },
  tied: { invoice: { paymentDate: '2026-12-05' } },
});
const facts = {
  item,
  workspace,
  signal: makeSignal('webhook.called', { code: 'go' }),
  results: { chat: { chatId: 'c7' } },
  now: Date.UTC(2026, 10, 21),
};
const context = templateContext(facts);
const render = (text: string, as: 'text' | 'html' = 'text') => renderTemplate(text, context, { as });

describe('5.6 templates', () => {
  it.each([
    ['{{ item.title }}: {{ client.name }}', '<b>Windows</b>: Jan Kowalski'],
    ['{{ client.firstName }} {{ client.email }} {{ client.phone }}', 'Jan jan@client.test +48221234567'],
    ['{{ client }}, {{ responsible.name }}, {{ responsible }}', 'Jan Kowalski, Anna Nowak, Anna Nowak'],
    ['{{ item.amount }} {{ item.amount.amount }} {{ item.amount.currency }}', '1000 PLN 1000 PLN'],
    ['{% if item.amount >= 1000 %}big{% else %}small{% endif %}', 'big'],
    ['{{ signal.code }} {{ rules.chat.chatId }} {{ invoice.paymentDate }}', 'go c7 2026-12-05'],
    ['{{ item.tags }} {{ item.tags | join: "/" }} {{ item.source }}', 'a, b a/b Web'],
    [
      '{{ item.visitAt }} {{ item.deliveryDate | date: "%d.%m.%Y" }} {{ "now" | date: "%Y" }}',
      '2026-12-01 16:00 01.12.2026 2026',
    ],
    ['plain', 'plain'],
  ])('%s', (text, expected) => expect(render(text)).toBe(expected));

  it('never gives half of a letter', () => {
    const smiling = templateContext({ ...facts, item: makeItem({ values: { title: '😀 Roof' } }) });
    expect(
      renderTemplate('{{ item.title | slice: 0, 1 }}|{{ item.title | slice: 0, 2 }}', smiling, { as: 'text' }),
    ).toBe('|😀');
  });

  it('a missing value is empty text', () => {
    expect(render('[{{ item.chatId }}{{ company.name }}{{ rules.doc.number }}]')).toBe('[]');
    expect(
      renderTemplate('[{{ client.name }}]', templateContext({ ...facts, item: makeItem({ client: null }) }), {
        as: 'text',
      }),
    ).toBe('[]');
  });

  it('values are text, never markup: escaped in html, and not read as templates', () => {
    expect(render('<i>{{ item.title }}</i>', 'html')).toBe('<i>&lt;b&gt;Windows&lt;/b&gt;</i>');
    expect(render('{{ item.tags }} {{ client }} {{ item.chatId }}', 'html')).toBe('a, b Jan Kowalski ');
    expect(() => render('{{ item.title | raw }}', 'html')).toThrow('undefined filter: raw');
    const sly = templateContext({ ...facts, item: makeItem({ client: { ...jan, name: '{{ item.title }}' } }) });
    expect(renderTemplate('{{ client.name }}', sly, { as: 'text' })).toBe('{{ item.title }}');
  });

  it('is the same every time: no chance, no clock of the machine', () => {
    expect(() => render('{{ item.tags | sample }}')).toThrow('sample');
    expect(render('{{ "today" | date: "%Y-%m-%d" }}')).toBe('2026-11-21');
  });

  it('an unknown name is an error with its place', () => {
    const errors = parseTemplate('Hi\n{{ item.titel }} {% for tag in item.tags %}{{ tag }}{% endfor %}', (path) =>
      path[1] === 'titel' ? 'no such field' : null,
    );
    expect(errors).toEqual([{ message: 'no such field', name: 'item.titel', line: 2, column: 4 }]);
  });

  it.each([
    '{{ item.title',
    '{% if %}',
    '{{ x | nope }}',
    '{% include "x" %}',
    '{% render "x" %}',
    '{% capture x %}{% endcapture %}',
  ])('refuses %s', (text) => {
    expect(parseTemplate(text, () => null)).toHaveLength(1);
  });

  it('tells the names that it takes from outside', () => {
    expect(
      templateNames('{% assign x = item.title %}{{ x }}{{ rules.chat.chatId }}')
        .map(({ path }) => path.join('.'))
        .sort(),
    ).toEqual(['item.title', 'rules.chat.chatId']);
  });
});

describe('limits', () => {
  it.each([
    ['a huge range', '{% for i in (1..100000000) %}x{% endfor %}'],
    ['text that doubles', `{% assign s = "xxxxxxxxxx" %}${'{% assign s = s | append: s %}'.repeat(40)}{{ s }}`],
    [
      'loops in loops in loops',
      '{% for i in (1..9999) %}{% for j in (1..9999) %}{% for k in (1..9999) %}{% assign x = i %}{% endfor %}{% endfor %}{% endfor %}',
    ],
    ['endless output', '{% for i in (1..9999) %}{% for j in (1..9999) %}{{ item.title }}{% endfor %}{% endfor %}'],
  ])('stops %s with a clear error', (_what, text) =>
    expect(() => render(text)).toThrow(/can't be filled in: .*(limit|longer)/),
  );

  it('lets a long text pass', () => {
    expect(render(`{{ item.title }}${'x'.repeat(100_000)}`)).toHaveLength(100_000 + '<b>Windows</b>'.length);
    expect(longestOutput).toBe(1_000_000);
  });
});

describe('a field that names a person', () => {
  const person = (code: string, multiple = false) => ({
    code,
    kind: 'person' as const,
    name: code,
    custom: true,
    multiple,
  });
  const item = makeItem({
    fields: [...fields, person('lawyer'), person('team', true)],
    clientFields: { contact: [person('manager')], company: [] },
    contact: { ...jan, fields: { manager: 13 } },
    values: { lawyer: 12, team: [11, 13], observers: [12] },
    tied: { invoice: { responsible: 12 } },
  });
  const names = { 11: 'Anna Nowak', 12: 'Ewa Lis', 13: 'jan.lis@example.com' };
  const said = (template: string, people: Readonly<Record<number, string>> | undefined = names) =>
    renderTemplate(
      template,
      templateContext({
        ...{ item, now: 0 },
        workspace: { ...workspace, directory: { byEmail: {}, departments: {}, roles: {}, heads: {}, names: people } },
      }),
      { as: 'text' },
    );

  it.each([
    ['{{ item.lawyer }}', 'Ewa Lis'],
    ['{{ lawyer | upcase }}', 'EWA LIS'],
    ['{{ item.team | join: ", " }}', 'Anna Nowak, jan.lis@example.com'],
    ['{{ item.observers.first }}', 'Ewa Lis'],
    ['{{ contact.manager }}', 'jan.lis@example.com'],
    ['{{ item.responsible }}', 'Anna Nowak'],
    ['{{ invoice.responsible }}, {{ item.invoice.responsible }}', 'Ewa Lis, Ewa Lis'],
  ])('%s is %s', (template, text) => expect(said(template)).toBe(text));

  it('keeps the id of somebody whom nobody knows', () => expect(said('{{ item.lawyer }}', { 11: 'Anna' })).toBe('12'));
});
