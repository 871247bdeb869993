import { afterAll, beforeAll, expect, it } from 'vitest';
import { runVisits } from '../../automation/running/run-visits.ts';
import { makePorts } from '../../ports/make-ports.ts';
import { openPhoneHouse, type PhoneHouse } from './testing-phone.ts';

let house: PhoneHouse;
let lineId = 0;
beforeAll(async () => {
  house = await openPhoneHouse();
  const weekday = [{ from: '09:00', to: '17:00' }];
  await house.ask('PUT', '/api/v1/calendar', {
    week: { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday, sat: [], sun: [] },
    timeZone: 'Europe/Warsaw',
  });
  await house.ask('PUT', '/api/v1/automation/lead/Leads', {
    ...{ type: 'lead', pipeline: 'Leads' },
    stages: ['NEW', 'CALLED'].map((code) => ({ code, name: code, kind: 'open' })),
    rules: [
      {
        ...{ id: 'back', do: 'tasks/plan-call', stage: 'NEW' },
        settings: { subject: 'Call {{ client.phone }} back', when: 'nextMorning', remindMinutes: 15 },
      },
    ],
  });
  const made = await house.ask('POST', '/api/v1/channels', {
    ...{ kind: 'phone-line', provider: 'api', name: 'Office' },
    settings: {
      ...{ number: '+48 22 555 00 00', employees: [{ employee: house.firm.adminId, extension: '' }] },
      ...{ hours: 'company', unknownClient: 'ignore', afterHoursUnknown: 'create lead' },
    },
  });
  lineId = Number(made.id);
});
afterAll(() => house.close());

/** Whatever waits in the engine, and every run that is due. */
async function work(): Promise<void> {
  await house.drain();
  const visits = await house.inside((tx) => tx.selectFrom('visits').select('id').orderBy('id').execute());
  const runner = { context: house.server.context, makePorts };
  await runVisits(runner, { workspaceId: house.firm.id, visitIds: visits.map(({ id }) => id) });
}
const cards = async () => (await house.ask('GET', '/api/v1/calls/live')).data.map(({ id }: { id: number }) => id);
async function ring(moment: string, number: string) {
  house.server.clock.set(moment);
  const { id } = await house.ask('POST', '/api/v1/calls', { line: lineId, direction: 'incoming', number });
  const shown = (await cards()).includes(id);
  await house.ask('PATCH', `/api/v1/calls/${id}`, { state: 'ended', missed: true });
  await work();
  const { items, afterHours } = await house.ask('GET', `/api/v1/calls/${id}`);
  const [item] = items;
  const planned = item === undefined ? [] : (await house.ask('GET', `/api/v1/tasks?item=${item.id}`)).data;
  return { shown, afterHours, items, planned };
}

// Tuesday, in winter: Warsaw is an hour ahead.
it.each([
  ['on a weekday evening, the next morning', '2027-01-12T18:30:00Z', '2027-01-13T08:00:00.000Z'],
  ['before work begins, this morning', '2027-01-13T05:00:00Z', '2027-01-13T08:00:00.000Z'],
  ['on Friday night, on Monday', '2027-01-15T22:00:00Z', '2027-01-18T08:00:00.000Z'],
])('a call after hours shows no card, makes the lead, and has the call back planned: %s', async (_, moment, at) => {
  const number = `+4860300${moment.replace(/\D/g, '').slice(6, 10)}`;
  const { shown, afterHours, items, planned } = await ring(moment, number);

  expect([shown, afterHours]).toEqual([false, true]);
  expect(items).toMatchObject([{ type: 'lead' }]);
  expect(planned).toMatchObject([{ kind: 'call', title: `Call ${number} back`, deadline: at, status: 'new' }]);
});

it('a second call that night makes neither a second lead nor a second plan', async () => {
  const first = await ring('2027-01-19T19:00:00Z', '+48603009999');
  const second = await ring('2027-01-19T19:05:00Z', '+48603009999');

  expect(second.items.map(({ id }: { id: number }) => id)).toEqual(first.items.map(({ id }: { id: number }) => id));
  expect([first.planned.length, second.planned.length]).toEqual([1, 1]);
});

it('a call in working hours shows its card and does what the line says for then', async () => {
  expect(await ring('2027-01-20T10:00:00Z', '+48603008888')).toMatchObject({
    ...{ shown: true, afterHours: false, items: [], planned: [] },
  });
});
