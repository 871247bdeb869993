import { isKnownCurrency } from '@signalbox/automation/kit/values/currencies.ts';
import { plainNumber } from '@signalbox/automation/kit/values/decimal.ts';
import { type CurrenciesBody, currencies, currenciesBody, currenciesQuery } from '@signalbox/contract/currencies.ts';
import { differences } from '../../audit/differences.ts';
import { record } from '../../audit/record.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { invalid } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { announce } from '../../platform/realtime.ts';
import { loadPeople } from '../employees.store.ts';
import { getWorkspace } from '../workspaces.store.ts';
import { listRates, type Rates, readRates, saveRates } from './currencies.store.ts';

const tag = 'Currencies';
const MOST_SHOWN = 500;

/** Every currency there is, with all its digits. */
const MAX_BODY_BYTES = 32 * 1024;

export const currencyRoutes = (context: Context): Route[] => [show(context), replace(context)];

const show = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/currencies',
    summary: 'The base currency and what one unit of the others is worth in it; `all=1`: what they were before',
    tag,
    access: 'employee',
    query: currenciesQuery,
    answers: { 200: currencies },
    async handle({ caller: { workspaceId }, query }) {
      const all = query.all === '1';
      return {
        status: 200,
        body: await inWorkspace(databases.app, workspaceId, (tx) => present(tx, workspaceId, all)),
      };
    },
  });

const replace = ({ clock }: Context) =>
  route({
    method: 'PUT',
    path: '/api/v1/currencies',
    summary: 'Set the exchange rates, and the base currency if given; conditions compare amounts by them from now on',
    tag,
    access: 'settings',
    body: currenciesBody,
    bodyLimitBytes: MAX_BODY_BYTES,
    answers: { 200: currencies },
    handle: ({ caller: { workspaceId, employeeId }, body, write }) =>
      write(async (tx) => {
        const before = await readRates(tx);
        const after = checked(body, before);
        await saveRates(tx, { ...after, since: clock.now(), setBy: employeeId });
        const { name } = await getWorkspace(tx, workspaceId);
        const changes = differences(flat(before), flat(after));
        await record(tx, { kind: 'rates-changed', on: { kind: 'workspace', id: workspaceId, name }, changes });
        announce(tx, { topic: 'currencies', kind: 'changed', workspace: workspaceId });
        return { status: 200, body: await present(tx, workspaceId, false) };
      }),
  });

/** Exact decimals of currencies that there are, or that stood there; the base is worth one of itself, said or not. */
function checked({ base: given, rates }: CurrenciesBody, before: Rates): Rates {
  const base = given ?? before.base.toUpperCase();
  const stood = new Set([before.base.toUpperCase(), ...Object.keys(before.rates)]);
  const isKnown = (code: string) => isKnownCurrency(code) || stood.has(code);
  const named = Object.entries(rates).map(([code, rate]) => ({
    code,
    rate: typeof rate === 'number' ? plainNumber(rate) : rate,
  }));
  const errors = [
    ...(given !== undefined && !isKnown(given) ? [unknown('base', given)] : []),
    ...named.filter(({ code }) => !isKnown(code)).map(({ code }) => unknown(`rates.${code}`, code)),
    ...named
      .filter(({ code, rate }) => code === base && Number(rate) !== 1)
      .map(({ code }) => ({ path: `rates.${code}`, code: 'base-rate', message: `${base} is the base: its rate is 1` })),
  ];
  if (errors.length > 0) throw invalid(errors);
  return { base, rates: Object.fromEntries(named.flatMap(({ code, rate }) => (code === base ? [] : [[code, rate]]))) };
}

const unknown = (path: string, code: string) => ({
  ...{ path, code: 'unknown-currency' },
  message: `There is no currency ${code}`,
});

const flat = ({ base, rates }: Rates) => ({ base, ...rates });

async function present(tx: Tx, workspaceId: number, all: boolean) {
  const { base, rates } = await readRates(tx);
  const history = await listRates(tx, all ? MOST_SHOWN : 1);
  const shown = { base, rates: numbers(rates), since: history[0]?.since.toISOString() ?? null };
  if (!all) return shown;
  const people = await loadPeople(
    tx,
    workspaceId,
    history.map(({ setBy }) => setBy),
  );
  return {
    ...shown,
    history: history.map((one) => ({
      ...{ base: one.base, rates: numbers(one.rates), since: one.since.toISOString() },
      by: one.setBy === null ? null : (people.get(one.setBy) ?? null),
    })),
  };
}

function numbers(rates: Rates['rates']): Record<string, number> {
  return Object.fromEntries(Object.entries(rates).map(([code, rate]) => [code, Number(rate)]));
}
