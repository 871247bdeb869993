import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDialSender } from '../../dialling/dial-sender.ts';
import { fetchAll } from '../../recordings/testing-fetch.ts';
import { sources } from '../../sources.ts';
import { type CallBoard, makeCallBoard } from '../../testing-call-board.ts';
import { openPhoneHouse, type PhoneHouse } from '../../testing-phone.ts';
import { signatureOf } from './signature.ts';

const TOKEN = 'the token';
let house: PhoneHouse;
let api: Server;
let lineId = 0;
let board: CallBoard;
/** What was asked of Twilio's API. */
const asked: { url: string; authorization: string; fields: Record<string, string> }[] = [];
/** Where its recordings lie in truth. */
let media = '';
const wav = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(100, 7)]);
const portOf = (server: Server) => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
let answer = { status: 201, body: '{"sid":"CAnew"}' };
beforeAll(async () => {
  house = await openPhoneHouse();
  api = createServer(async (request, response) => {
    const fields = Object.fromEntries(new URLSearchParams(await text(request)));
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization ?? '', fields });
    if (request.method === 'GET') {
      response.writeHead(302, { location: media }).end();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  const port = portOf(api);
  const made = await house.ask('POST', '/api/v1/channels', {
    ...{ kind: 'phone-line', provider: 'twilio', name: 'Twilio' },
    settings: {
      ...{ number: '+48221112233', employees: [{ employee: house.firm.adminId, extension: '+48600700800' }] },
      ...{ accountSid: 'AC1', authToken: TOKEN, apiUrl: `http://127.0.0.1:${port}`, record: true },
    },
  });
  lineId = Number(made.id);
  board = await makeCallBoard(house, lineId);
});
afterAll(async () => {
  api.closeAllConnections();
  api.close();
  await house.close();
});

interface Posted {
  readonly token?: string;
  readonly signature?: string;
  readonly account?: { AccountSid?: string };
}

/** As Twilio calls a hook: a form, signed over the address that it was told. */
function post(
  path: string,
  fields: Record<string, string>,
  { token = TOKEN, signature, account = { AccountSid: 'AC1' } }: Posted = {},
) {
  const url = `/hooks/twilio/${lineId}/${path}`;
  const params = { ...account, ApiVersion: '2010-04-01', ...fields };
  const signed = signature ?? signatureOf(token, { url: `http://localhost${url}`, params });
  return house.server.call('POST', url, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signed },
    body: new URLSearchParams(params).toString(),
  });
}

let count = 0;
function client() {
  count += 1;
  return { sid: `CA${count}`, number: `+48603${String(100_000 + count)}` };
}
const rings = ({ sid, number }: ReturnType<typeof client>) =>
  post('voice', { CallSid: sid, From: number, To: '+48221112233', CallStatus: 'ringing', Direction: 'inbound' });
const leg = ({ sid }: { sid: string }, CallStatus: string) =>
  post(`leg?employee=${house.firm.adminId}`, { CallSid: `${sid}-leg`, ParentCallSid: sid, CallStatus });
const callsOf = async (number: string) =>
  (await house.ask('GET', `/api/v1/calls?line=${lineId}`)).data.filter(
    (one: { number: string }) => one.number === number,
  );
const pass = (minutes: number) =>
  house.server.clock.set(new Date(house.server.clock.now().getTime() + minutes * 60_000));

describe('a number at Twilio', () => {
  it('rings the employees of the line, and keeps who talked for how long', async () => {
    const call = client();
    const twiml = await rings(call);
    await leg(call, 'ringing');
    await leg(call, 'in-progress');
    await leg(call, 'completed');
    const after = await post('ended', { CallSid: call.sid, DialCallStatus: 'completed', DialCallDuration: '42' });
    await post('status', { CallSid: call.sid, CallStatus: 'completed', CallDuration: '50' });

    expect(twiml).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } });
    expect(twiml.body).toContain(`<Number statusCallbackEvent="initiated ringing answered completed"`);
    expect(twiml.body).toContain('>+48600700800</Number></Dial></Response>');
    expect(after.body).toContain('<Hangup/>');
    expect(await callsOf(call.number)).toMatchObject([
      { direction: 'incoming', state: 'ended', talkSeconds: 42, employee: { id: house.firm.adminId } },
    ]);
  });

  it.each(['no-answer', 'busy', 'failed', 'canceled'])('has missed a call whose dial ended with %s', async (status) => {
    const call = client();
    await rings(call);
    await post('ended', { CallSid: call.sid, DialCallStatus: status });

    expect(await callsOf(call.number)).toMatchObject([{ state: 'missed', statusCode: status }]);
  });

  it('rings no phone of somebody who was dismissed, and keeps what they talked before', async () => {
    const { id } = await house.firm.addPerson('leaver@firm.test');
    const earlier = (await house.ask('GET', '/api/v1/channels?kind=phone-line')).data.find(
      (one: { id: number }) => one.id === lineId,
    ).settings.employees;
    const employees = [...earlier, { employee: id, extension: '+48600900900' }];
    await house.ask('PATCH', `/api/v1/channels/${lineId}`, { settings: { employees } });
    const call = client();
    const before = await rings(call);
    await post(`leg?employee=${id}`, { CallSid: 'CAleaver', ParentCallSid: call.sid, CallStatus: 'in-progress' });
    await house.ask('PATCH', `/api/v1/users/${id}`, { dismissed: true });
    await post('ended', { CallSid: call.sid, DialCallStatus: 'completed', DialCallDuration: '5' });
    const after = await rings(client());
    await house.ask('PATCH', `/api/v1/channels/${lineId}`, { settings: { employees: earlier } });

    expect(before.body).toContain('>+48600900900<');
    expect(after.body).toContain('>+48600700800<');
    expect(after.body).not.toContain('+48600900900');
    expect(await callsOf(call.number)).toMatchObject([{ state: 'ended', talkSeconds: 5, employee: { id } }]);
  });

  it('rings whoever stands in for those of the line when all of them have left, at the phone of their profile', async () => {
    const [gone, chief] = [await house.firm.addPerson('gone@firm.test'), await house.firm.addPerson('chief@firm.test')];
    const lines = (await house.ask('GET', '/api/v1/channels?kind=phone-line')).data;
    const earlier = lines.find((one: { id: number }) => one.id === lineId).settings.employees;
    const employees = [{ employee: gone.id, extension: '+48600900901' }];
    await house.ask('PATCH', `/api/v1/channels/${lineId}`, { settings: { employees } });
    await house.ask('PATCH', `/api/v1/users/${chief.id}`, { phone: '+48600900902' });
    await house.ask('PATCH', `/api/v1/users/${gone.id}`, { supervisor: chief.id, dismissed: true });
    const { body } = await rings(client());
    await house.ask('PATCH', `/api/v1/channels/${lineId}`, { settings: { employees: earlier } });

    expect(body).toContain('>+48600900902<');
    expect(body).not.toContain('+48600900901');
  });

  it('has missed a call that its caller gave up', async () => {
    const call = client();
    await rings(call);
    await post('status', { CallSid: call.sid, CallStatus: 'no-answer' });

    expect(await callsOf(call.number)).toMatchObject([{ state: 'missed' }]);
  });

  it('calls a number from the screen: first the employee, then the client', async () => {
    const { number } = client();
    const deal = await board.addDeal(number);
    const { id } = await house.ask('POST', '/api/v1/calls/dial', { number, line: lineId });
    const send = async () => {
      const delivery = await house.inside((tx) =>
        tx
          .selectFrom('outbox')
          .select(['id', 'workspace_id as workspaceId', 'channel_id as channelId'])
          .where('kind', '=', 'dial')
          .orderBy('id', 'desc')
          .executeTakeFirstOrThrow(),
      );
      return createDialSender(house.server.context, sources).send(delivery);
    };
    expect(await send()).toEqual({ outcome: 'sent' });
    const [{ url = '', authorization = '', fields = {} } = {}] = asked.splice(0);
    const query = new URL(fields.Url ?? '').search;
    const connect = await post(`connect${query}`, { CallSid: 'CAemployee', CallStatus: 'in-progress' });
    const client2 = { CallSid: 'CAclient', ParentCallSid: 'CAemployee' };
    await post(`leg${query}&employee=${house.firm.adminId}`, { ...client2, CallStatus: 'in-progress' });
    await post(`ended${query}`, { CallSid: 'CAemployee', DialCallStatus: 'completed', DialCallDuration: '7' });

    expect(url).toBe('/2010-04-01/Accounts/AC1/Calls.json');
    expect(authorization).toBe(`Basic ${Buffer.from(`AC1:${TOKEN}`).toString('base64')}`);
    expect(fields).toMatchObject({ To: '+48600700800', From: '+48221112233' });
    expect(connect.body).toContain(`callerId="+48221112233"`);
    expect(connect.body).toMatch(/<Number [^>]*url="http:\/\/localhost\/hooks\/twilio\/\d+\/announce\?call=dial-/);
    expect(connect.body).toContain(`>${number}</Number>`);
    expect(await callsOf(number)).toMatchObject([{ id, direction: 'outgoing', state: 'ended', talkSeconds: 7 }]);
    expect(await board.stageOf(deal)).toBe('CALLED');
    answer = { status: 400, body: '{"code":21211,"message":"Invalid To Phone Number"}' };
    await house.ask('POST', '/api/v1/calls/dial', { number: client().number, line: lineId });
    expect(await send()).toMatchObject({ outcome: 'permanent', reason: { code: 'exchange-says' } });
  });

  it('moves the deals of whoever rings and of whoever was missed', async () => {
    const [rang, missed] = [client(), client()];
    const deals = [await board.addDeal(rang.number), await board.addDeal(missed.number)];
    await rings(rang);
    await leg(rang, 'in-progress');
    await rings(missed);
    await post('ended', { CallSid: missed.sid, DialCallStatus: 'no-answer' });

    expect([await board.stageOf(deals[0] ?? 0), await board.stageOf(deals[1] ?? 0)]).toEqual(['RANG', 'MISSED']);
  });

  it('has its recordings fetched', async () => {
    const call = client();
    await rings(call);
    await leg(call, 'in-progress');
    await post('ended', { CallSid: call.sid, DialCallStatus: 'completed', DialCallDuration: '3' });
    await post('recording', { CallSid: call.sid, RecordingUrl: 'http://127.0.0.1:1/r', RecordingStatus: 'completed' });
    const rows = await house.inside((tx) => tx.selectFrom('call_recordings').select('url').execute());

    expect(rows).toContainEqual({ url: 'http://127.0.0.1:1/r.mp3' });
  });

  it('has them fetched behind the password of the account, which nobody else is told', async () => {
    const call = client();
    const strangers: (string | undefined)[] = [];
    const stranger = createServer((request, response) => {
      strangers.push(request.headers.authorization);
      response.end(wav);
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const own = `http://127.0.0.1:${portOf(api)}`;
    media = `http://127.0.0.1:${portOf(stranger)}/media`;
    await rings(call);
    await leg(call, 'in-progress');
    await post('ended', { CallSid: call.sid, DialCallStatus: 'completed', DialCallDuration: '3' });
    for (const RecordingUrl of [`${own}/Recordings/RE1`, `http://me:mine@127.0.0.1:${portOf(stranger)}/RE2`])
      await post('recording', { CallSid: call.sid, RecordingUrl, RecordingStatus: 'completed' });
    while ((await fetchAll(house.server.context)) > 0);
    stranger.close();

    const basic = `Basic ${Buffer.from(`AC1:${TOKEN}`).toString('base64')}`;
    expect(asked.filter(({ url }) => url.startsWith('/Recordings/')).map((one) => one.authorization)).toEqual([basic]);
    expect(strangers).toEqual([undefined, undefined]);
    expect(await callsOf(call.number)).toMatchObject([{ recording: { state: 'kept', error: null } }]);
  });

  it('tells whoever calls, and whoever is called, that they are recorded', async () => {
    const call = client();
    const own = '<Say language="en-GB">This call is recorded.</Say><Dial ';
    const incoming = await rings(call);
    await house.ask('PATCH', `/api/v1/channels/${lineId}`, { settings: { announcement: 'Smile & wave' } });
    const outgoing = await post('announce?call=CAx', { CallSid: 'CAx' });
    await house.ask('PATCH', `/api/v1/channels/${lineId}`, { settings: { record: false } });
    const unrecorded = [await rings(client()), await post('announce?call=CAx', { CallSid: 'CAx' })];
    await house.ask('PATCH', `/api/v1/channels/${lineId}`, { settings: { record: true, announcement: '' } });

    expect(incoming.body).toContain(own);
    expect(outgoing.body).toContain('<Say language="en-GB">Smile &amp; wave</Say>');
    expect(unrecorded.map(({ body }) => /Say|record/.test(String(body)))).toEqual([false, false]);
  });
});

describe('a request that is not Twilio’s', () => {
  it.each([
    ['signed with another token', { token: 'guess' }],
    ['signed with nothing', { signature: '' }],
    ['signed for another request', { signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' }],
  ])('is refused when it is %s, and leaves nothing', async (_, how) => {
    const { sid, number } = client();
    const refused = await post('voice', { CallSid: sid, From: number }, how);

    expect(refused).toMatchObject({ status: 403, body: { code: 'forged' } });
    expect(await callsOf(number)).toEqual([]);
  });

  it('is refused when it comes from another account, or from none, or to no line', async () => {
    const { sid, number } = client();
    const other = await post('voice', { CallSid: sid, From: number, AccountSid: 'AC2' });
    const nobody = await post('voice', { CallSid: sid, From: number }, { account: {} });
    const nowhere = await house.server.call('POST', '/hooks/twilio/987654/voice', {
      ...{ body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    });

    expect([other.status, nobody.status, nowhere.status]).toEqual([403, 403, 404]);
    expect(await callsOf(number)).toEqual([]);
  });

  it('is refused when it repeats what was overheard of a call that is over; at once it changes nothing', async () => {
    const call = client();
    await rings(call);
    await post('ended', { CallSid: call.sid, DialCallStatus: 'no-answer' });
    const before = await callsOf(call.number);
    const atOnce = await rings(call);
    pass(6);
    const replayed = [await rings(call), await leg(call, 'in-progress')];

    expect(atOnce.body).not.toContain('+48600700800');
    expect(replayed.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'call-over'],
      [409, 'call-over'],
    ]);
    expect(await callsOf(call.number)).toEqual(before);
  });

  it('is refused as JSON too, and forms are taken by no other route', async () => {
    const json = await house.server.call('POST', `/hooks/twilio/${lineId}/voice`, { body: { CallSid: 'x' } });
    const form = await house.server.call('POST', '/api/v1/calls', {
      ...{ key: house.firm.key, body: 'line=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    });

    expect([json.status, form.status]).toEqual([403, 415]);
  });
});
