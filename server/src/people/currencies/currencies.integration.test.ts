import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { drainWorkspace } from '../../automation/drain/drain.ts';
import { inWorkspace } from '../../platform/db.ts';
import { recordSignals } from '../../signals/record-signals.ts';

let server: TestServer;
let house: TestWorkspace;
const ask = (method: 'GET' | 'PUT' | 'POST', path: string, body?: object) =>
  server.call(method, `/api/v1${path}`, { key: house.key, ...(body === undefined ? {} : { body }) });

beforeAll(async () => {
  server = await startTestServer();
  house = await server.addWorkspace();
});
afterAll(() => server.close());

describe('exchange rates', () => {
  it('are set, told with since when, and kept in the history', async () => {
    const { base, rates, since } = (await ask('GET', '/currencies')).body;
    expect({ rates, since }).toEqual({ rates: {}, since: null });

    const set = await ask('PUT', '/currencies', { base: 'PLN', rates: { USD: 4.02, eur: '4.305' } });
    expect(set).toMatchObject({ status: 200, body: { base: 'PLN', rates: { USD: 4.02, EUR: 4.305 } } });
    expect(set.body.since).toMatch(/^\d{4}-/);
    await ask('PUT', '/currencies', { rates: { USD: 4.1, PLN: 1 } });

    const { body } = await ask('GET', '/currencies?all=1');
    expect(body).toMatchObject({ base: 'PLN', rates: { USD: 4.1 } });
    expect(body.rates).toEqual({ USD: 4.1 });
    expect(body.history).toMatchObject([
      { base: 'PLN', rates: { USD: 4.1 }, by: { id: house.adminId } },
      { base: 'PLN', rates: { USD: 4.02, EUR: 4.305 } },
    ]);
    expect((await ask('GET', '/me')).body.workspace.currency).toBe('PLN');
    expect(typeof base).toBe('string');
  });

  it.each([
    ['nothing at all', {}, 'rates'],
    ['a rate of nothing', { rates: { USD: 0 } }, 'rates.USD'],
    ['a rate below nothing', { rates: { USD: -4 } }, 'rates.USD'],
    ['a rate that is none', { rates: { USD: 'four' } }, 'rates.USD'],
    ['a rate too small to be shown', { rates: { USD: 1e-13 } }, 'rates.USD'],
    ['a rate too large to be shown', { rates: { USD: 1e12 } }, 'rates.USD'],
    ['a rate with an exponent in a text', { rates: { USD: '1e-7' } }, 'rates.USD'],
    ['a rate with more digits than a decimal keeps', { rates: { USD: `0.1${'0'.repeat(20)}1` } }, 'rates.USD'],
    ['a currency that there is not', { rates: { ZZZ: 2 } }, 'rates.ZZZ'],
    ['a base that there is not', { base: 'ZZZ', rates: {} }, 'base'],
    ['a base worth two of itself', { base: 'PLN', rates: { PLN: 2 } }, 'rates.PLN'],
  ])('are not %s', async (_, body, path) => {
    const { status, body: answer } = await ask('PUT', '/currencies', body);
    expect({ status, errors: answer.errors }).toMatchObject({
      status: 422,
      errors: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  it('are refused with what would fit', async () => {
    const { body } = await ask('PUT', '/currencies', { rates: { USD: 1e-13, EUR: 'four' } });

    expect(body.errors).toEqual([
      { path: 'rates.USD', code: 'rate', message: expect.stringContaining('at least 0.000000000001') },
      { path: 'rates.EUR', code: 'rate', message: expect.stringContaining('like 4.02') },
    ]);
  });

  it('decide conditions from then on, and each verdict keeps those it used', async () => {
    await ask('PUT', '/currencies', { base: 'PLN', rates: { USD: 4 } });
    const pipeline = 'Rates';
    const board = {
      ...{ type: 'deal', pipeline },
      stages: [
        { code: 'NEW', name: 'New', kind: 'open' },
        { code: 'BIG', name: 'Big', kind: 'open' },
      ],
      triggers: [
        {
          ...{ on: 'apps/webhook', stage: 'BIG', settings: { code: 'go' } },
          when: { all: [{ field: 'amount', is: 'at least', value: '1000 PLN' }] },
        },
      ],
    };
    expect((await ask('PUT', `/automation/deal/${pipeline}`, board)).status).toBe(200);
    const verdictOf = async (currency: string) => {
      const item = { type: 'deal', title: currency, pipeline, amount: 300, currency };
      const { id } = (await ask('POST', '/items', item)).body;
      await inWorkspace(server.context.databases.app, house.id, (tx) =>
        recordSignals(tx, [
          {
            ...{ kind: 'webhook.called', sourceKey: `go ${id}`, occurredAt: new Date() },
            ...{ payload: { code: 'go' }, items: [id] },
          },
        ]),
      );
      await drainWorkspace(server.context, house.id, { bindSignals: async () => {} });
      return (await ask('GET', `/items/${id}/signals`)).body.data[0].verdicts[0];
    };
    const rates = [{ currency: 'USD', rate: '4', base: 'PLN' }];
    expect(await verdictOf('USD')).toMatchObject({ verdict: 'moves', detail: { rates } });
    expect(await verdictOf('PLN')).toMatchObject({ verdict: 'condition' });
    await ask('PUT', '/currencies', { rates: { USD: 2 } });
    expect(await verdictOf('USD')).toMatchObject({ verdict: 'condition', detail: { rates: [{ rate: '2' }] } });
    // However small: written out, as conditions read it.
    await ask('PUT', '/currencies', { rates: { USD: 1.5e-12 } });
    const small = { verdict: 'condition', detail: { rates: [{ rate: '0.0000000000015' }] } };
    expect(await verdictOf('USD')).toMatchObject(small);
    await ask('PUT', '/currencies', { rates: { USD: '0.3333333333333333' } });
    expect(await verdictOf('USD')).toMatchObject({ detail: { rates: [{ rate: '0.3333333333333333' }] } });
    expect(await verdictOf('EUR')).toMatchObject({ verdict: 'condition', detail: { note: 'no rate for EUR' } });
  });
});
