import { describe, expect, it } from 'vitest';
import { bindBoard } from '../../engine/binding/bind.ts';
import { Held } from '../../kit/definitions/define-rule.ts';
import { because } from '../../kit/words/reasons.ts';
import { makeItem, stages, workspace } from '../../testing.ts';
import { type Effects, runRule } from '../../testing-ports.ts';
import type { Answered, OutsidePort } from './port.ts';
import { originOf, webhook } from './webhook.ts';

const portOf = (effects: Effects, found: Answered = { state: 'waiting' }): OutsidePort => ({
  send: async (request) => {
    effects.push(['send', request]);
    return { requestId: 7 };
  },
  find: async () => found,
});
const send = (raw: object, item = makeItem()) =>
  runRule(
    webhook,
    { url: 'https://erp.test/orders', ...raw },
    { item, ports: (effects) => ({ outside: portOf(effects) }) },
  );
const problemsOf = (raw: object) => {
  const parsed = webhook.parse({ url: 'https://erp.test/', ...raw });
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => [path.join('.'), code]);
};
const odd = makeItem({ values: { title: 'Win "A"\n& ü/ö', amount: { amount: '12.50', currency: 'EUR' } } });

describe('outside/webhook', () => {
  it('sends to the address with the values encoded, and JSON with the values escaped', async () => {
    const { effects, outputs } = await send(
      {
        url: 'https://erp.test/orders/{{ item.title }}?id={{ item.id }}',
        headers: [
          { name: 'X-Title', value: '{{ item.title }}' },
          { name: 'Authorization', value: 'kept:AAAAAAAAAAAAAAAAAAAAAA', secret: true },
        ],
        body: '{ "title": "{{ item.title }}", "id": {{ item.id }}, "none": "{{ item.chatId }}" }',
        signingSecret: 'kept:BBBBBBBBBBBBBBBBBBBBBB',
      },
      odd,
    );
    expect(effects).toEqual([
      [
        'send',
        {
          ...{ method: 'POST', wanted: null, signingSecret: 'kept:BBBBBBBBBBBBBBBBBBBBBB' },
          url: `https://erp.test/orders/Win%20%22A%22%0A%26%20%C3%BC%2F%C3%B6?id=${odd.id}`,
          headers: [
            { name: 'X-Title', value: 'Win "A" & ü/ö', secret: false },
            { name: 'Authorization', value: 'kept:AAAAAAAAAAAAAAAAAAAAAA', secret: true },
          ],
          body: `{ "title": "Win \\"A\\"\\n& ü/ö", "id": ${odd.id}, "none": "" }`,
        },
      ],
    ]);
    expect(outputs).toEqual({ requestId: 7, status: null });
  });

  it.each(['GET', 'DELETE'])('%s sends no content', async (method) => {
    expect((await send({ method, body: '{ "a": 1 }' })).effects).toMatchObject([['send', { method, body: null }]]);
  });

  it.each([
    ['a body that is no JSON once it is filled in', { body: '{ "a": {{ item.chatId }} }' }, 'no JSON'],
    ['one that tags make so', { body: '{% if item.id %}[{% endif %}' }, 'no JSON'],
    ['one that is too long', { body: `"${'x'.repeat(262_144)}"` }, 'longer than 256 kB'],
  ])('5.10 fails for %s', async (_what, raw, message) => {
    await expect(send(raw)).rejects.toThrow(message);
  });

  it.each([
    ['its host is taken from the item', { url: 'https://{{ item.title }}/x' }, [['settings.url', 'web-address']]],
    ['a piece of its host is', { url: 'https://a.test{{ item.title }}' }, [['settings.url', 'web-address']]],
    ['it is no address of the web', { url: 'ftp://a.test/' }, [['settings.url', 'web-address']]],
    ['it has a password in it', { url: 'https://a:b@c.test/' }, [['settings.url', 'web-address']]],
    ['its body is no JSON', { body: '{ title: {{ item.title }} }' }, [['settings.body', 'json']]],
    ['a header has no name', { headers: [{ name: '', value: 'x' }] }, [['settings.headers.0.name', 'invalid-format']]],
    [
      'a header is ours',
      { headers: [{ name: 'Webhook-Id', value: 'x' }] },
      [['settings.headers.0.name', 'own-header']],
    ],
    ['a result points at many', { results: [{ name: 'a', path: '$.*' }] }, [['settings.results.0.path', 'custom']]],
    [
      'a result is called as ours',
      { results: [{ name: 'status', path: '$' }] },
      [['settings.results.0.name', 'result-taken']],
    ],
    ['a secret is being typed', { signingSecret: 'kept:' }, [['settings.signingSecret', 'custom']]],
  ])('can not be saved when %s', (_what, raw, expected) => expect(problemsOf(raw)).toEqual(expected));

  it('knows for whom its secrets are', () => {
    expect(
      ['https://A.test:443/x?y', 'http://a.test:8080/{{ item.id }}', 'https://x{{ item.id }}.test/'].map(originOf),
    ).toEqual(['https://a.test', 'http://a.test:8080', null]);
  });

  const waits = { wait: true, results: [{ name: 'orderId', path: '$.order.id' }] };
  it('5.9 may be held until the answer comes', async () => {
    const { effects, outputs } = await send(waits);
    expect(effects).toMatchObject([['send', { wanted: { orderId: '$.order.id' } }]]);
    expect(outputs).toBeInstanceOf(Held);
    expect(outputs).toMatchObject({ waitingFor: 'answer', result: { requestId: 7 } });
  });

  const parsed = webhook.parse({ url: 'https://erp.test/', ...waits });
  const resume = (found: Answered, asked = false) =>
    webhook.resume(
      { requestId: 7 },
      {
        ports: { outside: portOf([], found) },
        facts: { item: makeItem(), workspace, signal: null, results: {} },
        run: { ruleId: 'r1', visitId: 1, now: 0, at: 0, since: 0, hours: [], asked: false },
        settings: parsed.ok ? parsed.settings : null,
        asked,
      },
    );

  it('5.9 goes on with what was answered', async () => {
    expect(await resume({ state: 'answered', status: 201, results: { orderId: 'A-1' } })).toEqual({
      ...{ requestId: 7, status: 201, orderId: 'A-1' },
    });
    expect(await resume({ state: 'waiting' })).toMatchObject({ waitingFor: 'answer' });
    expect(await resume({ state: 'waiting' }, true)).toEqual({ requestId: 7, status: null });
    const reason = because('webhook-refused', { host: 'erp.test', status: 400 });
    await expect(resume({ state: 'failed', reason })).rejects.toThrow('erp.test refused it: 400');
  });

  it('5.6 later rules may use the results that it names, and no others', () => {
    const rule = (id: string, key: string, settings: object) => ({ id, do: key, stage: 'NEW', settings });
    const problems = (settings: object, text: string) =>
      bindBoard({
        ...{ version: 1, pipelineId: 1, stages, fields: [], language: 'en' },
        file: {
          ...{ type: 'deal', pipeline: 'Sales' },
          rules: [
            rule('hook', 'outside/webhook', { url: 'https://erp.test/', ...settings }),
            rule('after', 'alerts/comment', { text }),
          ],
        },
      }).problems.map(({ code }) => code);
    expect(problems(waits, '{{ rules.hook.orderId }} {{ rules.hook.status }}')).toEqual([]);
    expect(problems(waits, '{{ rules.hook.other }}')).toEqual(['template']);
    expect(problems({ ...waits, wait: false }, '{{ rules.hook.orderId }}')).toEqual(['template']);
  });
});
