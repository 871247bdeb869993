import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyCallEvent, applyCallEvents } from './calls/apply-call-event.ts';
import type { CallEvent } from './kept/call-event.ts';
import { loadLine } from './lines/line.ts';
import { openPhoneHouse, type PhoneHouse } from './testing-phone.ts';

let house: PhoneHouse;
let rest = '';
beforeAll(async () => {
  house = await openPhoneHouse();
  await house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { settings: { unknownClient: 'ignore' } });
  const hook = await house.ask('POST', `/api/v1/users/${house.firm.adminId}/keys`, { kind: 'webhook' });
  rest = `/rest/${house.firm.adminId}/${hook.key}`;
  await house.server.call('POST', `${rest}/telephony.externalLine.add`, { body: { NUMBER: '+48225556677' } });
});
afterAll(() => house.close());

const post = (body: object, key = house.firm.key) => house.server.call('POST', '/api/v1/calls', { key, body });
const patch = (id: number, body: object) =>
  house.server.call('PATCH', `/api/v1/calls/${id}`, { key: house.firm.key, body });
const signalsOf = async (callId: number) =>
  (await house.signals()).filter(({ payload }) => payload.callId === callId).map(({ kind }) => kind);

describe('a call that is told twenty times at once', () => {
  it('is one call, which begins once and ends once', async () => {
    const said = { line: house.lineId, direction: 'incoming', number: '+48603000001', externalId: 'same' };
    const begun = await Promise.all(Array.from({ length: 20 }, () => post(said)));
    const [
      {
        body: { id },
      } = { body: {} },
    ] = begun;
    const ended = await Promise.all(Array.from({ length: 20 }, () => patch(id, { state: 'ended', missed: true })));

    expect(new Set(begun.map(({ status, body }) => `${status} ${body.id}`))).toEqual(new Set([`201 ${id}`]));
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await signalsOf(id)).toEqual(['call.started', 'call.missed']);
  });

  it('is what it was after it has ended, whatever is said of it then', async () => {
    const { body } = await post({ line: house.lineId, direction: 'incoming', number: '+48603000002' });
    await patch(body.id, { state: 'ended', duration: 30 });
    const before = await house.ask('GET', `/api/v1/calls/${body.id}`);
    const late = [
      await patch(body.id, { state: 'answered' }),
      await patch(body.id, { state: 'ended', duration: 900 }),
      await patch(body.id, { state: 'ended', missed: true }),
    ];

    expect(late.map(({ status }) => status)).toEqual([409, 200, 200]);
    expect(await house.ask('GET', `/api/v1/calls/${body.id}`)).toEqual(before);
    expect(await signalsOf(body.id)).toEqual(['call.started', 'call.ended']);
  });
});

describe('two who take the same call in the browser in the same moment', () => {
  const password = 'correct horse battery';
  const signedIn = async (name: string) => {
    const email = `${name}@firm.test`;
    const { id } = await house.ask('POST', '/api/v1/users', { email, name, role: 'employee', password });
    const { headers } = await house.server.call('POST', '/api/v1/session', { body: { email, password } });
    const cookie = [headers['set-cookie']]
      .flat()
      .map((one) => String(one).split(';')[0])
      .join('; ');
    const say = (call: number, state: string) =>
      house.server.call('PATCH', `/api/v1/calls/${call}`, { headers: { cookie }, body: { state } });
    return { id, say };
  };

  it('are no transfer: one has it, and the other hears that it is taken; again and again', async () => {
    const people = await Promise.all(['ann', 'bob', 'cyd'].map(signedIn));
    for (const round of [1, 2, 3, 4]) {
      const { body } = await post({ line: house.lineId, direction: 'incoming', number: `+4860300010${round}` });
      const answers = await Promise.all(people.map(({ say }) => say(body.id, 'answered')));
      const taker = answers.findIndex(({ status }) => status === 200);
      const call = await house.ask('GET', `/api/v1/calls/${body.id}`);

      expect(answers.map((one) => one.body.code ?? one.status).toSorted()).toEqual([200, 'call-taken', 'call-taken']);
      expect(call).toMatchObject({ state: 'answered', employee: { id: people[taker]?.id } });
      expect((await people[taker]?.say(body.id, 'answered'))?.status).toBe(200);
      expect((await people[taker]?.say(body.id, 'ended'))?.status).toBe(200);
      expect((await signalsOf(body.id)).length).toBe(2);
    }
  });
});

it('a line of others is none, by id, name and call', async () => {
  const other = await house.server.addWorkspace('Other');
  const { body } = await post({ line: house.lineId, direction: 'incoming', number: '+48603000003' });
  const refused = [
    await post({ line: house.lineId, direction: 'incoming', number: '+48603000003' }, other.key),
    await house.server.call('PATCH', `/api/v1/calls/${body.id}`, { key: other.key, body: { state: 'ended' } }),
    await house.server.call('GET', `/api/v1/calls/${body.id}`, { key: other.key }),
  ];

  expect(refused.map(({ status }) => status)).toEqual([422, 404, 404]);
  expect(await signalsOf(body.id)).toEqual(['call.started']);
});

it.each([
  ['a number of 200 digits', { number: '9'.repeat(200) }, 422],
  ['a number that is none', { number: 'call me' }, 422],
  ['half a letter', { number: '+48603000004', externalId: '\ud800x\u0000y' }, 400],
  ['an id without end', { number: '+48603000004', externalId: 'x'.repeat(201) }, 422],
  ['a line without end', { number: '+48603000004', line: 'x'.repeat(100_000) }, 422],
  ['a line beyond all numbers', { number: '+48603000004', line: 1e300 }, 422],
])('%s is answered with words', async (_, more, status) => {
  const answer = await post({ line: house.lineId, direction: 'incoming', ...more });

  expect(answer.status).toBe(status);
});

describe('what an exchange told meanwhile', () => {
  const sources = ['a', 'b', 'c'];
  const event = fc.record({
    sourceCallId: fc.constantFrom(...sources),
    kind: fc.constantFrom('ringing', 'answered', 'leg-ended', 'ended'),
    after: fc.integer({ min: 0, max: 600 }),
    leg: fc.constantFrom('1', '2', undefined),
    direction: fc.constantFrom('incoming', 'outgoing', 'internal', undefined),
  } as const);

  it('makes the same calls, written together or one by one', async () => {
    const now = house.server.clock.now();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 12 }), async (given) => {
        round += 1;
        const events = (side: string): CallEvent[] =>
          given.map(({ after, ...one }) => ({
            ...one,
            sourceCallId: `${side} ${round} ${one.sourceCallId}`,
            number: `+4860${round}${'000000'.slice(String(round).length)}${sources.indexOf(one.sourceCallId)}`,
            at: new Date(now.getTime() - 3_600_000 + after * 1_000),
          }));
        await house.inside(async (tx) => {
          const line = await loadLine(tx, house.lineId);
          if (line === undefined) throw new Error('no line');
          await applyCallEvents(tx, line, events('together'), { now });
          for (const one of events('alone')) await applyCallEvent(tx, line, one, { now });
        });
        expect(await callsOf(`together ${round}`)).toEqual(await callsOf(`alone ${round}`));
      }),
      { numRuns: 40 },
    );
  });

  const callsOf = async (of: string) => {
    const rows = await house.inside((tx) =>
      tx.selectFrom('calls').selectAll().where('source_call_id', 'like', `${of} %`).orderBy('source_call_id').execute(),
    );
    return rows.map(({ fold, state, talk_seconds: talk, waiting_seconds: waiting, direction, source_call_id: id }) => ({
      ...{ fold, state, talk, waiting, direction, id: id.slice(-1) },
    }));
  };
});

describe('the methods of the compatible telephony', () => {
  const strange = fc.oneof(
    fc.string(),
    fc.double(),
    fc.bigInt().map(String),
    fc.constantFrom(null, true, [], {}, [[1]], { a: { b: 1 } }, '9'.repeat(5_000), -1, 1e308, '1e999', 'NaN', '\u0000'),
  );
  const names = ['CALL_ID', 'USER_ID', 'TYPE', 'PHONE_NUMBER', 'DURATION', 'STATUS_CODE', 'CALL_START_DATE'];
  const more = [
    'LINE_NUMBER',
    'CRM_ENTITY_TYPE',
    'CRM_ENTITY_ID',
    'EXTERNAL_CALL_ID',
    'RECORD_URL',
    'FILENAME',
    'SHOW',
  ];
  const body = fc.dictionary(fc.constantFrom(...names, ...more, 'FILE_CONTENT', 'COST', 'VOTE'), strange, {
    maxKeys: 9,
  });
  const methods = ['register', 'show', 'hide', 'finish', 'attachRecord', 'searchCrmEntities'];

  it('answer whatever they are told as the reference does: a result, or a refusal with words', async () => {
    const known = { CALL_ID: '', USER_ID: house.firm.adminId };
    const made = await house.server.call('POST', `${rest}/telephony.externalCall.register`, {
      body: { USER_ID: house.firm.adminId, PHONE_NUMBER: '+48603000009', TYPE: 2, CRM_CREATE: 0 },
    });
    known.CALL_ID = made.body.result.CALL_ID;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...methods), body, fc.boolean(), async (method, given, isKnown) => {
        const answer = await house.server.call('POST', `${rest}/telephony.externalCall.${method}`, {
          body: { ...(isKnown ? known : {}), ...given },
        });
        expect([200, 400, 403, 404, 409, 422]).toContain(answer.status);
        if (answer.status !== 200) expect(answer.body.error_description).toMatch(/\w/);
      }),
      { numRuns: 300 },
    );
  });
});
