import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { clearFilesAway, UNUSED_MS } from '../../platform/files/clear-away.ts';
import { createStorage } from '../../platform/files/create-storage.ts';
import type { Storage } from '../../platform/files/storage.ts';
import { uploadFile } from './upload-file.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace('Firm');
  rival = await server.addWorkspace('Rival');
});
afterAll(() => server.close());

interface Upload {
  readonly name?: string;
  readonly type?: string;
  readonly key?: string;
  readonly headers?: Record<string, string>;
}

async function upload(bytes: Buffer, { name = 'a.txt', type, key = firm.key, headers = {} }: Upload = {}) {
  const query = new URLSearchParams({ name, ...(type === undefined ? {} : { type }) });
  const response = await server.app.inject({
    ...{ method: 'POST', url: `/api/v1/files?${query}`, payload: bytes },
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream', ...headers },
  });
  return { status: response.statusCode, body: response.json() };
}

async function download(id: number, key = firm.key) {
  const headers = { authorization: `Bearer ${key}` };
  const response = await server.app.inject({ method: 'GET', url: `/api/v1/files/${id}`, headers });
  return { status: response.statusCode, bytes: response.rawPayload, headers: response.headers };
}

/** Every file below DATA_DIR/files, without those on their way in. */
function stored(): string[] {
  const folder = path.join(server.context.config.dataDir, 'files');
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((one) => (one.isFile() ? [one.name] : []));
}

describe('a file', () => {
  it('comes back as the same bytes, to people of the workspace only', async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));
    bytes.write('%PDF-1.7\n');
    const { status, body } = await upload(bytes, { name: 'offer.pdf', type: 'application/pdf' });
    expect(status).toBe(201);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(body).toMatchObject({
      name: 'offer.pdf',
      type: 'application/pdf',
      size: 200_000,
      sha256,
      author: { id: firm.adminId },
    });

    const back = await download(body.id);
    expect(back.bytes.equals(bytes)).toBe(true);
    expect((await download(body.id, rival.key)).status).toBe(404);
    const seen = await server.call('GET', `/api/v1/files?ids=${body.id}`, { key: rival.key });
    expect(seen.body.data).toEqual([]);
    const anonymous = await server.app.inject({ method: 'GET', url: `/api/v1/files/${body.id}` });
    expect(anonymous.statusCode).toBe(401);
  });

  it('lies under a name of ours, never the one it came with', async () => {
    const { body } = await upload(Buffer.from('x'), { name: '../../../etc/cron.d/evil' });
    expect(body.name).toBe('evil');
    expect(stored().every((name) => /^[0-9a-f-]{36}$/.test(name))).toBe(true);
  });

  it.each([
    ['C:\\Users\\a\\report.docx', 'report.docx'],
    ['\u202egpj.exe', '[U+202E]gpj.exe'],
    ['a\u0007\r\nb"<>.txt', 'ab___.txt'],
    ['.htaccess', 'htaccess'],
    ['  ...  ', 'file'],
    ['zdjęcie  łódź.png', 'zdjęcie łódź.png'],
    [`${'ż'.repeat(300)}.jpeg`, `${'ż'.repeat(97)}.jpeg`],
  ])('named %j is called %j', async (given, name) => {
    const { body } = await upload(Buffer.from(''), { name: given });
    expect(body.name).toBe(name);
  });

  it.each([
    ['logo.png', 'image/png', '<script>alert(1)</script>'],
    ['offer.pdf', 'application/pdf', 'PK\x03\x04'],
    ['offer.docx', undefined, 'MZ\x90\0'],
    ['x', 'image/gif', '<svg onload="alert(1)">'],
  ])(
    'called %s of the type %s is refused when it is something else, and nothing of it is left',
    async (name, type, text) => {
      const before = stored().length;
      const { status, body } = await upload(Buffer.from(text, 'latin1'), { name, ...(type && { type }) });
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'not-as-named' });
      expect(stored()).toHaveLength(before);
    },
  );

  it.each([
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['text/html', '<script>alert(1)</script>'],
    ['application/xhtml+xml', '<x/>'],
    ['image/png; x=text/html', '\x89PNG\r\n\x1a\n'],
    ['text/html\r\nx-evil: 1', '<script>'],
  ])('of the type %j never runs at our address', async (type, text) => {
    const { body } = await upload(Buffer.from(text, 'latin1'), { name: 'x', type });
    const { headers } = await download(body.id);
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(headers['x-content-type-options']).toBe('nosniff');
    const isPicture = type.startsWith('image/png');
    expect(headers['content-type']).toBe(isPicture ? 'image/png' : 'application/octet-stream');
    expect(String(headers['content-disposition'])).toMatch(isPicture ? /^inline;/ : /^attachment;/);
    expect(headers['x-evil']).toBeUndefined();
  });

  it('is made once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'upload-1' };
    const first = await upload(Buffer.from('same'), { headers });
    const again = await upload(Buffer.from('same'), { headers });
    expect(again.body.id).toBe(first.body.id);
    for (const bytes of ['other', 'sane'])
      expect((await upload(Buffer.from(bytes), { headers })).status, bytes).toBe(422);
  });

  it('is refused as a body of any other route, and with any other media type', async () => {
    const headers = { authorization: `Bearer ${firm.key}`, 'content-type': 'application/octet-stream' };
    const elsewhere = await server.app.inject({
      method: 'POST',
      url: '/api/v1/items',
      payload: Buffer.from('x'),
      headers,
    });
    expect(elsewhere.statusCode).toBe(415);
    const json = await server.call('POST', '/api/v1/files?name=x', { key: firm.key, body: {} });
    expect(json.status).toBe(422);
  });
});

describe('deleting', () => {
  it('is for its author and administrators; the bytes follow', async () => {
    const anna = await firm.addPerson('anna@firm.test');
    const ben = await firm.addPerson('ben@firm.test');
    const { body } = await upload(Buffer.from('mine'), { key: anna.key });
    expect((await server.call('DELETE', `/api/v1/files/${body.id}`, { key: ben.key })).status).toBe(403);
    expect((await server.call('DELETE', `/api/v1/files/${body.id}`, { key: rival.key })).status).toBe(404);
    const before = stored().length;
    expect((await server.call('DELETE', `/api/v1/files/${body.id}`, { key: anna.key })).status).toBe(204);
    expect((await download(body.id)).status).toBe(404);
    await clear();
    expect(stored().length).toBe(before - 1);
    const { body: another } = await upload(Buffer.from('mine too'), { key: anna.key });
    expect((await server.call('DELETE', `/api/v1/files/${another.id}`, { key: firm.key })).status).toBe(204);
  });
});

describe('clearing away', () => {
  it('takes files that nothing used for a week, and keeps those that an item names', async () => {
    await server.call('POST', '/api/v1/fields', {
      key: firm.key,
      body: { type: 'deal', code: 'papers', name: 'Papers', kind: 'file', multiple: true },
    });
    const [kept, lost] = [await upload(Buffer.from('kept')), await upload(Buffer.from('lost'))];
    const pipelines = await server.call('GET', '/api/v1/pipelines?type=deal', { key: firm.key });
    const item = await server.call('POST', '/api/v1/items', {
      key: firm.key,
      body: { type: 'deal', title: 'Big', pipeline: pipelines.body.data[0].id, fields: { papers: [kept.body.id] } },
    });
    expect(item.status, JSON.stringify(item.body)).toBe(201);
    server.clock.advance(UNUSED_MS - 60_000);
    await clear();
    expect((await download(lost.body.id)).status).toBe(200);
    server.clock.advance(120_000);
    await clear();
    expect((await download(lost.body.id)).status).toBe(404);
    expect((await download(kept.body.id)).bytes.toString()).toBe('kept');
  });
});

describe('what was cut short', () => {
  const DAY_MS = 24 * 3_600_000;

  it('between the bytes and the row is cleared away the next day, not sooner', async () => {
    const before = stored();
    const given = { workspaceId: firm.id, employeeId: firm.adminId, name: 'a', type: undefined, limitBytes: 100 };
    const work = { storage: createStorage(server.context.config), upload: { ...given, body: Readable.from(['half']) } };
    await expect(uploadFile(server.context, work, () => Promise.reject(new Error('a crash')))).rejects.toThrow('crash');
    const [left] = stored().filter((name) => !before.includes(name));
    expect(left).toBeDefined();
    server.clock.advance(DAY_MS - 60_000);
    await clear();
    expect(stored()).toContain(left);
    server.clock.advance(120_000);
    await clear();
    expect(stored()).not.toContain(left);
  });

  it('on its way in is cleared away when it is a day old', async () => {
    const folder = path.join(server.context.config.dataDir, 'files', 'incoming');
    const [old, fresh] = ['old', 'fresh'].map((name) => path.join(folder, name));
    for (const place of [old, fresh]) fs.writeFileSync(place ?? '', 'x');
    const longAgo = new Date(Date.now() - DAY_MS - 60_000);
    fs.utimesSync(old ?? '', longAgo, longAgo);
    await clear();
    expect(stored()).toContain('fresh');
    expect(stored()).not.toContain('old');
    fs.rmSync(fresh ?? '');
  });

  it('cannot be removed now: the others are, and it is tried again', async () => {
    const ids = [];
    for (const text of ['one', 'two', 'three']) ids.push((await upload(Buffer.from(text))).body.id);
    for (const id of ids) await server.call('DELETE', `/api/v1/files/${id}`, { key: firm.key });
    const before = stored().length;
    const storage = createStorage(server.context.config);
    let calls = 0;
    const failing: Storage = {
      ...storage,
      remove: (key) => (calls++ === 0 ? Promise.reject(new Error('away')) : storage.remove(key)),
    };
    await expect(clearFilesAway(server.context, failing)).rejects.toThrow('could not be cleared away');
    expect(stored()).toHaveLength(before - 2);
    expect(await clear()).toBe(0);
    server.clock.advance(3_600_000);
    expect(await clear()).toBe(1);
    expect(stored()).toHaveLength(before - 3);
  });
});

describe('a file of another workspace', () => {
  it('cannot be put into a field', async () => {
    const theirs = await upload(Buffer.from('theirs'), { key: rival.key });
    const pipelines = await server.call('GET', '/api/v1/pipelines?type=deal', { key: firm.key });
    const { status, body } = await server.call('POST', '/api/v1/items', {
      key: firm.key,
      body: { type: 'deal', title: 'Thief', pipeline: pipelines.body.data[0].id, fields: { papers: [theirs.body.id] } },
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'fields.papers', code: 'unknown-file' }]);
  });
});

function clear() {
  return clearFilesAway(server.context, createStorage(server.context.config));
}
