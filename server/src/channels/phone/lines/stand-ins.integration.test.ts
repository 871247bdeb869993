import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noRights } from '../../../people/rights/standard-roles.ts';
import { openPhoneHouse, type PhoneHouse } from '../testing-phone.ts';

let house: PhoneHouse;
type Person = { id: number; key: string };
let [ola, piotr, chief, other]: Person[] = [];
beforeAll(async () => {
  house = await openPhoneHouse();
  await house.ask('POST', '/api/v1/roles', { name: 'Agent', rights: noRights });
  const hire = async (name: string): Promise<Person> => house.firm.addPerson(`${name}@firm.test`, 'Agent');
  [ola, piotr, chief, other] = [await hire('ola'), await hire('piotr'), await hire('chief'), await hire('other')];
  for (const one of [ola, piotr]) await house.ask('PATCH', `/api/v1/users/${one.id}`, { supervisor: chief.id });
  const employees = [ola, piotr].map(({ id }) => ({ employee: id, extension: '' }));
  const settings = { employees, unknownClient: 'ignore' };
  await house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { settings });
});
afterAll(() => house.close());

const dismiss = (person: Person | undefined, dismissed = true) =>
  house.ask('PATCH', `/api/v1/users/${person?.id}`, { dismissed });
const rings = async (): Promise<number> => {
  const body = { line: house.lineId, direction: 'incoming', number: '+48600111222' };
  return (await house.ask('POST', '/api/v1/calls', body)).id;
};
const has = async (person: Person | undefined, path: string) =>
  (await house.ask('GET', `/api/v1/calls${path}`, undefined, { key: person?.key ?? '' })).data.map(
    ({ id }: { id: number }) => id,
  );
const noticesOf = async (person: Person | undefined) =>
  (
    await house.inside((tx) =>
      sql<{ text: string }>`select text from notifications where employee_id = ${person?.id ?? 0}`.execute(tx),
    )
  ).rows.map(({ text }) => text);

it('a line rings at those who are left, and at nobody above them', async () => {
  await dismiss(ola);
  const call = await rings();
  expect(await has(piotr, '/live')).toEqual([call]);
  expect([await has(chief, '/live'), await has(chief, '')]).toEqual([[], []]);
  const refused = await house.server.call('PATCH', `/api/v1/calls/${call}`, {
    key: chief?.key ?? '',
    body: { state: 'answered' },
  });
  expect(refused.status).toBe(404);
  await house.ask('PATCH', `/api/v1/calls/${call}`, { state: 'ended' });
  await house.drain();
  await dismiss(ola, false);
});

it('a line whose employees have all left rings at whoever stands in for them, who takes the call and hears once of a missed one', async () => {
  for (const one of [ola, piotr]) await dismiss(one);
  const before = (await noticesOf(chief)).length;
  const taken = await rings();
  expect([await has(chief, '/live'), await has(other, '/live')]).toEqual([[taken], []]);
  const key = chief?.key ?? '';
  const body = { state: 'answered', employee: chief?.id };
  expect(await house.ask('PATCH', `/api/v1/calls/${taken}`, body, { key })).toMatchObject({
    ...{ state: 'answered', employee: { id: chief?.id } },
  });
  await house.ask('PATCH', `/api/v1/calls/${taken}`, { state: 'ended' }, { key });

  const missed = await rings();
  expect((await house.server.call('PATCH', `/api/v1/calls/${missed}`, { key: other?.key ?? '', body })).status).toBe(
    404,
  );
  await house.ask('PATCH', `/api/v1/calls/${missed}`, { state: 'ended', missed: true });
  await house.drain();
  expect([await has(chief, '?unreturned=1'), await has(other, '?unreturned=1')]).toEqual([[missed], []]);
  expect((await noticesOf(chief)).slice(before)).toEqual([expect.stringContaining('+48600111222')]);
});

it('a line whose employees and whose head have left rings at an administrator', async () => {
  await dismiss(chief);
  const call = await rings();
  const concerned = await has({ id: house.firm.adminId, key: house.firm.key }, '/live');
  expect(concerned).toContain(call);
  await house.ask('PATCH', `/api/v1/calls/${call}`, { state: 'ended' });
});

it('a line is answered by whoever took over the work of somebody named on it, at the same phone', async () => {
  const of = async () => (await house.ask('GET', '/api/v1/channels?kind=phone-line')).data[0].settings.employees;
  for (const one of [ola, piotr]) await dismiss(one, false);
  const settings = {
    employees: [
      { employee: ola?.id, extension: '101' },
      { employee: piotr?.id, extension: '102' },
    ],
  };
  await house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { settings });
  const { channels } = await house.ask('GET', `/api/v1/users/${ola?.id}/holdings`);
  expect(channels).toHaveLength(1);

  await house.ask('POST', `/api/v1/users/${ola?.id}/hand-over`, { to: other?.id });
  expect(await of()).toMatchObject([
    { employee: other?.id, extension: '101' },
    { employee: piotr?.id, extension: '102' },
  ]);
  await house.ask('POST', `/api/v1/users/${other?.id}/hand-over`, { to: piotr?.id });
  expect(await of()).toMatchObject([{ employee: piotr?.id, extension: '102' }]);
});
