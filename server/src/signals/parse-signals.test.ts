import { expect, test } from 'vitest';
import { type PostedSignal, parseSignals } from './parse-signals.ts';

const parsing = {
  weigh: (_kind: string, payload: object) => ({ ...payload, weighed: true }),
  now: new Date(0),
  idempotencyKey: undefined,
  batch: false,
};
const hook = (more: Partial<PostedSignal> = {}): PostedSignal => ({
  kind: 'webhook.called',
  item: 5,
  payload: { code: 'go' },
  ...more,
});
const refused = (signals: readonly PostedSignal[], batch: boolean) => {
  try {
    parseSignals(signals, { ...parsing, batch });
  } catch (error) {
    return error;
  }
};

test('a posted signal is tied to its item, happens now, and is weighed', () => {
  expect(parseSignals([hook({ sourceKey: 'k' })], parsing)).toEqual([
    {
      kind: 'webhook.called',
      sourceKey: 'api k',
      occurredAt: new Date(0),
      payload: { code: 'go', weighed: true },
      items: [5],
    },
  ]);
});

test('without a source key each signal gets its own, or the one of the request', () => {
  const [first, second] = parseSignals([hook(), hook()], parsing);
  expect(first?.sourceKey).not.toBe(second?.sourceKey);
  const again = parseSignals([hook(), hook()], { ...parsing, idempotencyKey: '7 abc' }).map(
    ({ sourceKey }) => sourceKey,
  );
  expect(again).toEqual(['idempotency 7 abc 0', 'idempotency 7 abc 1']);
});

test('kinds that are not external and unknown ones are refused where they stand', () => {
  expect(refused([hook({ kind: 'item.changed' })], false)).toMatchObject({
    status: 422,
    errors: [{ path: 'kind', code: 'kind' }],
  });
  expect(refused([hook(), hook({ kind: 'no.such' })], true)).toMatchObject({ errors: [{ path: '[1].kind' }] });
});

test('a payload that does not fit its kind is refused with the path of the batch', () => {
  expect(refused([hook(), hook({ payload: {} })], true)).toMatchObject({
    status: 422,
    errors: [{ path: '[1].payload.code' }],
  });
});

test.each([
  ['a moment ago', -1_000, null],
  ['years ago', -1e11, null],
  ['within the error of a clock', 299_000, null],
  ['just beyond it', 301_000, 'occurredAt'],
  ['days ahead', 3 * 86_400_000, 'occurredAt'],
  ['years ahead', 1e11, 'occurredAt'],
])('a signal dated %s', (_, ahead, path) => {
  const posted = [hook({ occurredAt: new Date(ahead).toISOString() })];
  if (path === null) expect(parseSignals(posted, parsing)).toHaveLength(1);
  else expect(refused(posted, false)).toMatchObject({ status: 422, errors: [{ path, code: 'future' }] });
  if (path !== null) expect(refused([hook(), ...posted], true)).toMatchObject({ errors: [{ path: `[1].${path}` }] });
});
