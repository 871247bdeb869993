import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteChannel } from '../../../connections/channels.store.ts';
import { noRights } from '../../../people/rights/standard-roles.ts';
import { inWorkspace } from '../../../platform/db.ts';
import { setOwnAmount } from '../../../platform/quotas/check-quota.ts';
import { sources } from '../sources.ts';
import { openPhoneHouse, type PhoneHouse } from '../testing-phone.ts';
import { deleteOldRecordings } from './delete-old.ts';
import { fetchGuarded } from './fetch-guarded.ts';
import { fetchRecordings } from './fetch-recordings.ts';
import { orderRecording } from './order-recording.ts';
import { fetchAll } from './testing-fetch.ts';

const wav = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(1_000, 7)]);

let house: PhoneHouse;
let peer: http.Server;
let base: string;
const answers: Record<string, (answer: http.ServerResponse) => void> = {
  '/ok.wav': (answer) => answer.end(wav),
  '/page': (answer) => answer.end('<html>sign in</html>'),
  '/large': (answer) => answer.writeHead(200, { 'content-length': String(2 * 1_024 ** 3) }).flushHeaders(),
  '/drips': (answer) => {
    const megabyte = Buffer.concat([wav, Buffer.alloc(1_048_576)]);
    const more = () => {
      while (!answer.destroyed && answer.write(megabyte));
    };
    answer.on('drain', more);
    more();
  },
  '/slow': (answer) => answer.writeHead(200, { 'content-length': '1000' }).flushHeaders(),
  '/locked': (answer) => answer.writeHead(401).end(),
  '/away': (answer) => answer.writeHead(302, { location: '/away' }).end(),
  '/inside': (answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/bad': (answer) => answer.writeHead(400).end(),
  '/later': (answer) => answer.writeHead(404).end(),
};
beforeAll(async () => {
  house = await openPhoneHouse();
  peer = http.createServer((request, answer) => (answers[request.url ?? ''] ?? answers['/later'])?.(answer));
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`;
});
afterAll(async () => {
  peer.closeAllConnections();
  peer.close();
  await house.close();
});

const newCall = async () => {
  const { id } = await house.ask('POST', '/api/v1/calls', { line: house.lineId, direction: 'incoming', number: '112' });
  return Number(id);
};
const form = (bytes: Buffer, name = 'file') => {
  const head = `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')]);
};
const upload = (id: number, payload: Buffer, { key = house.firm.key, type = 'multipart/form-data; boundary=x' } = {}) =>
  house.server.app.inject({
    ...{ method: 'POST', url: `/api/v1/calls/${id}/recording`, payload },
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
  });
const listen = (id: number, { key = house.firm.key, range = '' } = {}) =>
  house.server.app.inject({
    ...{ method: 'GET', url: `/api/v1/calls/${id}/recording` },
    headers: { authorization: `Bearer ${key}`, ...(range && { range }) },
  });
const told = async (id: number) => (await house.ask('GET', `/api/v1/calls/${id}`)).recording;

describe('an uploaded recording', () => {
  it('is heard as it was sent, and in parts as players ask for it', async () => {
    const id = await newCall();
    const sent = await upload(id, form(wav));
    const [whole, part, tail, beyond, nothing] = [
      await listen(id),
      await listen(id, { range: 'bytes=4-7' }),
      await listen(id, { range: 'bytes=-10' }),
      await listen(id, { range: 'bytes=99999-' }),
      await listen(id, { range: 'bytes=-0' }),
    ];

    expect([sent.statusCode, sent.json().recording]).toEqual([
      201,
      { state: 'kept', name: `call-${id}.wav`, size: wav.length, error: null, reason: null },
    ]);
    expect(whole.rawPayload.equals(wav)).toBe(true);
    expect([whole.headers['content-type'], whole.headers['accept-ranges']]).toEqual(['audio/wav', 'bytes']);
    expect([part.statusCode, part.headers['content-range'], part.rawPayload.equals(wav.subarray(4, 8))]).toEqual([
      206,
      `bytes 4-7/${wav.length}`,
      true,
    ]);
    expect(tail.rawPayload.equals(wav.subarray(-10))).toBe(true);
    expect([beyond.statusCode, nothing.statusCode]).toEqual([416, 416]);
  });

  it('may come as its bytes alone', async () => {
    const id = await newCall();
    expect((await upload(id, wav, { type: 'application/octet-stream' })).statusCode).toBe(201);
  });

  it.each([
    ['a page', form(Buffer.from('<html>hello, this is no sound</html>')), 422],
    ['nothing', form(Buffer.alloc(0)), 422],
    ['a form without a file', form(wav, 'other'), 400],
  ])('is refused when it is %s', async (_, payload, status) => {
    const id = await newCall();
    const answer = await upload(id, payload);
    expect([answer.statusCode, await told(id)]).toEqual([status, null]);
  });

  it('is for those who may see the call, and deleted by who may change settings', async () => {
    const id = await newCall();
    await upload(id, form(wav));
    await house.ask('PATCH', `/api/v1/calls/${id}`, { state: 'ended' });
    await house.ask('POST', '/api/v1/roles', { name: 'Nothing', rights: noRights });
    const { key } = await house.firm.addPerson('nobody@firm.test', 'Nothing');
    const refused = [(await listen(id, { key })).statusCode, (await upload(id, form(wav), { key })).statusCode];
    const kept = await house.server.call('DELETE', `/api/v1/calls/${id}/recording`, { key });
    const gone = await house.server.call('DELETE', `/api/v1/calls/${id}/recording`, { key: house.firm.key });

    expect([...refused, kept.status, gone.status]).toEqual([404, 404, 403, 204]);
    expect([await told(id), (await listen(id)).statusCode]).toEqual([null, 404]);
  });
});

describe('a recording that takes more room than there is', () => {
  it.each([
    ['file-bytes', wav.length - 1],
    ['files', 0],
  ] as const)('is refused by the quota of %s, sent or fetched', async (name, amount) => {
    const id = await newCall();
    const now = house.server.clock.now();
    const used = name === 'files' ? 0 : await usedBytes();
    await house.inside((tx) => setOwnAmount(tx, name, used + amount));
    const sent = await upload(id, form(wav));
    await house.inside((tx) => orderRecording(tx, { callId: id, url: `${base}/ok.wav`, now }));
    await fetchAll(house.server.context);
    const failed = await told(id);
    await house.inside((tx) => setOwnAmount(tx, name, null));

    expect([sent.statusCode, sent.json().code]).toEqual([409, 'quota']);
    expect(failed).toMatchObject({ state: 'failed', reason: { code: 'recording-quota' } });
    expect((await upload(id, form(wav))).statusCode).toBe(201);
  });
});

const usedBytes = async () => {
  const rows = await house.inside((tx) => tx.selectFrom('files').select('size').execute());
  return rows.reduce((sum, { size }) => sum + Number(size), 0);
};

describe('a recording that lies elsewhere', () => {
  const order = async (path: string) => {
    const id = await newCall();
    const url = path.startsWith('/') ? `${base}${path}` : path;
    const now = house.server.clock.now();
    await house.inside((tx) => orderRecording(tx, { callId: id, url, now }));
    await house.inside((tx) => orderRecording(tx, { callId: id, url, now }));
    return id;
  };

  it('is fetched once', async () => {
    const id = await order('/ok.wav');
    const before = await told(id);
    const tried = await fetchAll(house.server.context);

    expect([before.state, tried]).toEqual(['waiting', 1]);
    expect(await told(id)).toMatchObject({ state: 'kept', size: wav.length });
  });

  it.each([
    ['a page', '/page', { code: 'recording-no-sound', params: {} }],
    ['2 GB', '/large', { code: 'recording-too-large', params: { limit: 200 } }],
    ['behind a password', '/locked', { code: 'recording-password', params: {} }],
    ['not to be had', '/bad', { code: 'recording-status', params: { status: 400 } }],
    ['an endless way', '/away', { code: 'recording-redirects', params: {} }],
    ['a file of ours', '/inside', { code: 'recording-address', params: {} }],
    ['no address', 'nowhere', { code: 'recording-address', params: {} }],
  ] as const)(
    'that is %s is told to have failed, by a code that every language has words for',
    async (_, path, reason) => {
      const id = await order(path);
      await fetchAll(house.server.context);
      expect(await told(id)).toMatchObject({ state: 'failed', reason, error: reasonText(reason) });
    },
  );

  it('that is larger than may be, and does not say so, is told to have failed', async () => {
    const id = await order('/drips');
    await fetchAll(house.server.context, 1_000_000);
    expect(await told(id)).toMatchObject({ state: 'failed', reason: { code: 'recording-too-large' } });
  });

  it('that drips keeps nobody else waiting, nor more than a few of its own workspace', async () => {
    const other = await house.server.addWorkspace('Other');
    const theirs = await house.server.call('GET', '/api/v1/channels?kind=phone-line', { key: other.key });
    const call = { line: theirs.body.data[0].id, direction: 'incoming', number: '112' };
    const { body } = await house.server.call('POST', '/api/v1/calls', { key: other.key, body: call });
    const slow = [await order('/slow'), await order('/slow'), await order('/slow'), await order('/slow')];
    const now = house.server.clock.now();
    await inWorkspace(house.server.context.databases.app, other.id, (tx) =>
      orderRecording(tx, { callId: body.id, url: `${base}/ok.wav`, now }),
    );
    const begun = [
      await fetchRecordings(house.server.context, sources),
      await fetchRecordings(house.server.context, sources),
    ];
    const heard = async () => (await house.server.call('GET', `/api/v1/calls/${body.id}`, { key: other.key })).body;
    await expect.poll(async () => (await heard()).recording.state).toBe('kept');
    const waiting = await told(slow[0] ?? 0);
    peer.closeAllConnections();
    await expect.poll(() => fetchRecordings(house.server.context, sources)).toBe(1);

    expect(begun).toEqual([4, 0]);
    expect(waiting.state).toBe('waiting');
    peer.closeAllConnections();
  });

  it.each([
    ['whose host nobody knows', 'http://no-such-host.invalid/1.wav', { code: 'recording-host' }],
    ['whose server is away', 'http://127.0.0.1:9/1.wav', { code: 'recording-broken-off' }],
  ])('%s is tried again, and says why meanwhile', async (_, url, reason) => {
    const id = await order(url);
    await fetchAll(house.server.context);
    expect(await told(id)).toMatchObject({ state: 'waiting', reason });
  });

  it('that is not there yet is tried again', async () => {
    const id = await order('/later');
    await fetchAll(house.server.context);
    const first = await told(id);
    answers['/later'] = (answer) => answer.end(wav);
    house.server.clock.advance(3 * 60_000);
    await fetchAll(house.server.context);

    expect(first).toMatchObject({ state: 'waiting', reason: { code: 'recording-status', params: { status: 404 } } });
    expect(await told(id)).toMatchObject({ state: 'kept', error: null, reason: null });
  });

  it.each([
    'http://127.0.0.1/a',
    'http://[::1]/a',
    'http://10.0.0.1/a',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/a',
  ])('on %s is not asked for', async (url) => {
    const fetching = { privateHosts: false, limitBytes: 10, timeoutMs: 1_000 };
    await expect(fetchGuarded(url, fetching)).rejects.toThrow(/private network/);
  });
});

it('recordings are deleted after as many days as the line says, and none are kept where it keeps none', async () => {
  const id = await newCall();
  await upload(id, form(wav));
  const set = (settings: object) => house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { settings });
  await set({ keepRecordingsDays: 30 });
  house.server.clock.advance(29 * 86_400_000);
  await deleteOldRecordings(house.server.context);
  const kept = (await told(id)).state;
  house.server.clock.advance(2 * 86_400_000);
  await deleteOldRecordings(house.server.context);
  await set({ recordings: 'refuse' });

  expect([kept, await told(id)]).toEqual(['kept', null]);
  expect((await upload(id, form(wav))).statusCode).toBe(409);
});

it('recordings of a line that was deleted go when it would have let them go', async () => {
  const settings = { keepRecordingsDays: 7 };
  const line = await house.ask('POST', '/api/v1/channels', {
    ...{ kind: 'phone-line', provider: 'api', name: 'Short-lived', settings },
  });
  const call = { line: line.id, direction: 'incoming', number: '112' };
  const ids = [0, 1].map(async () => Number((await house.ask('POST', '/api/v1/calls', call)).id));
  const [sent = 0, fetched = 0] = await Promise.all(ids);
  await upload(sent, form(wav));
  const now = house.server.clock.now();
  await house.inside((tx) => orderRecording(tx, { callId: fetched, url: `${base}/ok.wav`, now }));
  await house.inside((tx) => deleteChannel(tx, line.id));
  await fetchAll(house.server.context);
  const states = async () => [await told(sent), await told(fetched)].map((one) => one?.state);
  house.server.clock.advance(6 * 86_400_000);
  await deleteOldRecordings(house.server.context);
  const before = await states();
  house.server.clock.advance(2 * 86_400_000);
  await deleteOldRecordings(house.server.context);

  expect([before, await states()]).toEqual([
    ['kept', 'kept'],
    [undefined, undefined],
  ]);
});

describe('a redirect into a private network', () => {
  // The first host may be private, as one on the internet would be; where it leads may not.
  const once = () => {
    let hops = 0;
    const fetching = { limitBytes: 10_000, timeoutMs: 10_000 };
    return Object.defineProperty({ ...fetching, privateHosts: false }, 'privateHosts', {
      get() {
        hops += 1;
        return hops === 1;
      },
    });
  };

  it.each([
    'http://127.0.0.1/a',
    'http://localhost/a',
    'http://2130706433/a',
    'http://0x7f.1/a',
    'http://0/a',
    'http://[::]/a',
    'http://[::ffff:10.0.0.1]/a',
    'http://[64:ff9b::7f00:1]/a',
    'http://[fd00::1]/a',
    '//169.254.169.254/latest/meta-data',
    'http://100.64.0.1/a',
  ])('is not followed: %s', async (location) => {
    answers['/into'] = (answer) => answer.writeHead(302, { location }).end();
    await expect(fetchGuarded(`${base}/into`, once())).rejects.toMatchObject({ reason: { code: 'recording-private' } });
  });
});
