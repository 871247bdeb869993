import { once } from 'node:events';
import { createServer, globalAgent, type Server } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { B24Hook } from '@bitrix24/b24jssdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallBoard, makeCallBoard } from '../../../channels/phone/testing-call-board.ts';
import { localCertificate } from '../../../channels/phone/testing-certificate.ts';
import { openPhoneHouse, type PhoneHouse } from '../../../channels/phone/testing-phone.ts';
import { noRights } from '../../../people/rights/standard-roles.ts';

let house: PhoneHouse;
let proxy: Server;
let client: B24Hook;
let address = '';
let lineId = 0;
let board: CallBoard;
beforeAll(async () => {
  house = await openPhoneHouse();
  const hook = await house.ask('POST', `/api/v1/users/${house.firm.adminId}/keys`, { kind: 'webhook' });
  address = `/rest/${house.firm.adminId}/${hook.key}`;
  proxy = await startProxy();
  client = new B24Hook({ b24Url: `https://localhost:${portOf(proxy)}`, userId: house.firm.adminId, secret: hook.key });
  client.offClientSideWarning();
  globalAgent.options.ca = localCertificate.cert;
  const { ID } = await answered('telephony.externalLine.add', { NUMBER: '+48 22 555 66 77', NAME: 'Office' });
  lineId = Number(ID);
  board = await makeCallBoard(house, lineId);
});
afterAll(async () => {
  delete globalAgent.options.ca;
  proxy.closeAllConnections();
  proxy.close();
  await house.close();
});

/** The library speaks TLS alone. */
async function startProxy(): Promise<Server> {
  const server = createServer(localCertificate, async (request, response) => {
    const { method, url = '/', headers } = request;
    const answer = await house.server.app.inject({
      ...{ method: method === 'GET' ? 'GET' : 'POST', url, payload: await buffer(request) },
      headers: { 'content-type': headers['content-type'], host: 'localhost' },
    });
    response.writeHead(answer.statusCode, { 'content-type': answer.headers['content-type'] });
    response.end(answer.payload);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answered(method: string, params: object = {}) {
  const { isSuccess, getData, getErrorMessages } = await called(method, params);
  if (!isSuccess) throw new Error(`${method}: ${getErrorMessages().join()}`);
  return getData();
}

async function called(method: string, params: object) {
  const answer = await client.callMethod(method, params);
  return {
    isSuccess: answer.isSuccess,
    getErrorMessages: () => answer.getErrorMessages(),
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
    getData: (): any => answer.getData()?.result,
  };
}
// The library tries what is refused again and again, and keeps the words for itself.
const refusal = async (method: string, body: object) =>
  String((await house.server.call('POST', `${address}/${method}`, { body })).body.error_description);

let count = 0;
const freshNumber = () => {
  count += 1;
  return `+48602${String(100_000 + count)}`;
};
const register = (more: object) =>
  answered('telephony.externalCall.register', {
    ...{ USER_ID: house.firm.adminId, TYPE: 2, LINE_NUMBER: '+48225556677', CRM_CREATE: 0 },
    ...more,
  });
const callOf = async (number: string) =>
  (await house.ask('GET', `/api/v1/calls?line=${lineId}`)).data.filter(
    (one: { number: string }) => one.number === number,
  );

describe('the telephony of Bitrix24, called by its own library over TLS', () => {
  it('moves deals when a client rings, is missed, and is called', async () => {
    const [rang, missed, out] = [freshNumber(), freshNumber(), freshNumber()];
    const deals = [await board.addDeal(rang), await board.addDeal(missed), await board.addDeal(out)];
    const finish = (CALL_ID: string, more: object) =>
      answered('telephony.externalCall.finish', { CALL_ID, USER_ID: house.firm.adminId, ...more });
    const taken = await register({ PHONE_NUMBER: rang, EXTERNAL_CALL_ID: 'a-1' });
    await finish(taken.CALL_ID, { DURATION: 95, STATUS_CODE: '200' });
    const lost = await register({ PHONE_NUMBER: missed, EXTERNAL_CALL_ID: 'a-2' });
    await finish(lost.CALL_ID, { DURATION: 0, STATUS_CODE: '304' });
    const made = await register({ PHONE_NUMBER: out, TYPE: 1, EXTERNAL_CALL_ID: 'a-3' });
    await finish(made.CALL_ID, { DURATION: 12 });

    const stages = [];
    for (const deal of deals) stages.push(await board.stageOf(deal));
    expect(stages).toEqual(['RANG', 'MISSED', 'CALLED']);
  });

  it('answers as the reference does, and the same for what is repeated', async () => {
    const number = freshNumber();
    const deal = await board.addDeal(number);
    const asked = { PHONE_NUMBER: number, EXTERNAL_CALL_ID: 'b-1', LINE_NUMBER: '+48 22 555 66 77' };
    const first = await register(asked);
    const again = await register(asked);
    const finish = { CALL_ID: first.CALL_ID, USER_ID: house.firm.adminId, DURATION: 95, STATUS_CODE: '200', VOTE: 5 };
    const record = await answered('telephony.externalCall.finish', finish);
    await answered('telephony.externalCall.finish', { ...finish, DURATION: 5 });
    await house.drain();

    expect(first).toMatchObject({
      ...{ CALL_ID: expect.stringMatching(/^externalCall\.[0-9a-f]{32}\.\d{10}$/), CRM_CREATED_LEAD: null },
      ...{ CRM_CREATED_ENTITIES: [], CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: expect.any(Number) },
    });
    expect(again).toEqual(first);
    expect(record).toMatchObject({
      ...{ CALL_ID: first.CALL_ID, PORTAL_USER_ID: house.firm.adminId, PHONE_NUMBER: number, INCOMING: '2' },
      ...{ CALL_DURATION: 95, CALL_STATUS: 1, CALL_VOTE: 5, CALL_FAILED_CODE: '200', CRM_ENTITY_TYPE: 'CONTACT' },
    });
    expect(await callOf(number)).toMatchObject([{ state: 'ended', talkSeconds: 95, items: [{ id: deal }] }]);
  });

  it('takes the same call within half an hour for the same, unless its id says otherwise', async () => {
    const number = freshNumber();
    const one = await register({ PHONE_NUMBER: number });
    const same = await register({ PHONE_NUMBER: number });
    const other = await register({ PHONE_NUMBER: number, EXTERNAL_CALL_ID: 'c-1' });

    expect([same.CALL_ID === one.CALL_ID, other.CALL_ID === one.CALL_ID]).toEqual([true, false]);
  });

  it.each([
    ['200', 2, 'ended'],
    ['304', 2, 'missed'],
    ['603', 2, 'missed'],
    ['603-S', 2, 'missed'],
    ['486', 2, 'missed'],
    ['480', 2, 'missed'],
    ['403', 2, 'failed'],
    ['404', 2, 'failed'],
    ['484', 2, 'failed'],
    ['503', 2, 'failed'],
    ['402', 2, 'failed'],
    ['423', 2, 'failed'],
    ['OTHER', 2, 'failed'],
    ['200', 1, 'ended'],
    ['304', 1, 'failed'],
    ['486', 1, 'failed'],
  ])('with the status %s of type %s is %s', async (STATUS_CODE, TYPE, state) => {
    const number = freshNumber();
    const { CALL_ID } = await register({ PHONE_NUMBER: number, TYPE });
    await answered('telephony.externalCall.finish', { CALL_ID, USER_ID: house.firm.adminId, DURATION: 0, STATUS_CODE });

    expect(await callOf(number)).toMatchObject([{ state, statusCode: STATUS_CODE }]);
  });

  it('knows extensions, shows and hides the card, and finds whose number it is', async () => {
    const number = freshNumber();
    await board.addDeal(number);
    const employees = [{ employee: house.firm.adminId, extension: '101' }];
    await house.ask('PATCH', `/api/v1/channels/${lineId}`, { settings: { employees } });
    const { CALL_ID } = await register({ USER_ID: undefined, USER_PHONE_INNER: '101', PHONE_NUMBER: number });
    const shown = await answered('telephony.externalCall.show', { CALL_ID, USER_ID: [house.firm.adminId] });
    const hidden = await answered('telephony.externalCall.hide', { CALL_ID, USER_ID: house.firm.adminId });
    const found = await answered('telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: number.slice(3) });

    expect([shown, hidden]).toEqual([true, true]);
    expect(found).toMatchObject([{ CRM_ENTITY_TYPE: 'CONTACT', NAME: 'Cleo' }]);
  });

  it('keeps a recording that is sent whole, and refuses what is none', async () => {
    const number = freshNumber();
    const { CALL_ID } = await register({ PHONE_NUMBER: number });
    await answered('telephony.externalCall.finish', { CALL_ID, USER_ID: house.firm.adminId, DURATION: 3 });
    const wave = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(200)]).toString('base64');
    const attach = (FILE_CONTENT: string) => ({ CALL_ID, FILENAME: 'call.wav', FILE_CONTENT });
    const refused = await refusal('telephony.externalCall.attachRecord', attach('bm90aGluZw=='));
    await answered('telephony.externalCall.attachRecord', attach(wave));

    expect(refused).toMatch(/This is no recording/);
    expect(await callOf(number)).toMatchObject([{ recording: expect.anything() }]);
  });

  it('adds, lists, renames and deletes lines', async () => {
    const NUMBER = '14151234567';
    const { ID } = await answered('telephony.externalLine.add', { NUMBER, NAME: 'Main', CRM_AUTO_CREATE: 'Y' });
    const again = await answered('telephony.externalLine.add', { NUMBER, NAME: 'Main' });
    const renamed = await answered('telephony.externalLine.update', { NUMBER, NAME: 'Support', CRM_AUTO_CREATE: 'N' });
    const listed = await answered('telephony.externalLine.get');
    await answered('telephony.externalLine.delete', { NUMBER });

    expect([again.ID, renamed]).toEqual([ID, { ID: String(ID) }]);
    expect(listed).toContainEqual({ NUMBER, NAME: 'Support', CRM_AUTO_CREATE: 'N' });
    expect(await refusal('telephony.externalLine.delete', { NUMBER })).toMatch(/is not found/);
  });

  it.each([
    ['telephony.externalCall.register', { TYPE: 9 }, /Unknown TYPE/],
    ['telephony.externalCall.register', { TYPE: 2, PHONE_NUMBER: '9'.repeat(200), USER_ID: 1 }, /PHONE_NUMBER/],
    ['telephony.externalCall.register', { TYPE: 2, PHONE_NUMBER: '+48602000001', USER_ID: 987_654 }, /is not found/],
    ['telephony.externalCall.register', { TYPE: 2, PHONE_NUMBER: '+48602000001' }, /USER_ID or USER_PHONE_INNER/],
    ['telephony.externalCall.finish', { CALL_ID: 'externalCall.0.0' }, /Call is not found/],
    ['telephony.externalCall.finish', {}, /CALL_ID must be a string/],
    ['telephony.externalCall.attachRecord', {}, /Required parameters are not set/],
  ])('%s refuses %o in words', async (method, params, words) => {
    expect(await refusal(method, params)).toMatch(words);
  });

  it('is for whoever may change everything, and lines for whoever may change settings', async () => {
    await house.ask('POST', '/api/v1/roles', { name: 'Agent', rights: noRights });
    const person = await house.firm.addPerson('agent@firm.test', 'Agent');
    const hook = await house.ask('POST', `/api/v1/users/${person.id}/keys`, { kind: 'webhook' });
    const at = (method: string) => `/rest/${person.id}/${hook.key}/${method}`;
    const call = (method: string, body: object) => house.server.call('POST', at(method), { body });

    expect((await call('telephony.externalLine.add', { NUMBER: '1' })).status).toBe(403);
    expect((await call('telephony.externalCall.register', { TYPE: 1 })).status).toBe(403);
    expect((await call('telephony.externalCall.finish', { CALL_ID: 'x' })).status).toBe(403);
  });
});
