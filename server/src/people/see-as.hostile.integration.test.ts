import { roleRights } from '@signalbox/contract/people/rights.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../api/testing.ts';
import { makeRoutes } from '../compose/routes.ts';
import { inSystem } from '../platform/db.ts';
import { createRecorder } from '../signals/recorder.ts';
import { standardRights } from './rights/standard-roles.ts';

const PASSWORD = 'a long password';
const KEY = 'key-of-the-first-account';

let server: TestServer;
/** The administrator Olga, whose language is Polish; Ann of sales; Max, who manages people and reads all; Dora, who manages people and reads her own. */
let olga: number;
let ann: { id: number; key: string };
let max: { id: number; key: string };
let deals: { anns: number; nobodys: number };
let doors: readonly string[];

beforeAll(async () => {
  server = await startTestServer({ SIGNALBOX_API_KEY: KEY }, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  const first = { email: 'olga@firm.test', password: PASSWORD, name: 'Olga', workspaceName: 'Firm' };
  expect((await server.call('POST', '/api/v1/setup', { body: first })).status).toBe(201);
  const made = await server.call('PATCH', '/api/v1/me', { key: KEY, body: { language: 'pl' } });
  olga = made.body.id;
  const { sales } = standardRights;
  const all = { ...sales.items.all, read: 'all' };
  const managing = { ...sales, areas: { ...sales.areas, people: true } };
  const manager = { ...managing, items: { ...sales.items, all }, clients: { ...sales.clients, read: 'all' } };
  await post('/api/v1/roles', { name: 'Managers', rights: manager });
  await post('/api/v1/roles', { name: 'Heads', rights: roleRights.parse(managing) });
  [ann, max] = [await hire('ann', 'sales'), await hire('max', 'Managers')];
  await hire('dora', 'Heads');
  deals = { anns: await deal('Of Ann', ann.id), nobodys: await deal('Of Olga', olga) };
  const { paths } = (await server.call('GET', '/api/openapi.json')).body;
  doors = Object.entries<object>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security }]) =>
      security?.length === 0 || method === 'get' || !path.startsWith('/api/')
        ? []
        : [`${method.toUpperCase()} ${path}`],
    ),
  );
});
afterAll(() => server.close());

async function post(url: string, body: object, key = KEY) {
  const answer = await server.call('POST', url, { key, body });
  expect(answer.status, `${url} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
}
async function hire(name: string, role: string) {
  const { id } = await post('/api/v1/users', { email: `${name}@firm.test`, name, role, password: PASSWORD });
  return { id, key: (await post(`/api/v1/users/${id}/keys`, {})).key };
}
const deal = async (title: string, responsible: number) =>
  (await post('/api/v1/items', { type: 'deal', title, responsible })).id;

async function signIn(name: string): Promise<string> {
  const answer = await server.call('POST', '/api/v1/session', {
    body: { email: `${name}@firm.test`, password: PASSWORD },
  });
  expect(answer.status).toBe(204);
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => String(cookie).split(';')[0])
    .join('; ');
}
const withCookie = (cookie: string) => ({
  get: (url: string) => server.call('GET', url, { headers: { cookie } }),
  send: (method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, body?: object) =>
    server.call(method, url, { headers: { cookie }, ...(body && { body }) }),
});
type Browser = ReturnType<typeof withCookie>;

/** A browser that signed in before; signing in is slow on purpose. */
const browsers = new Map<string, Promise<string>>();
async function browserOf(name: string): Promise<Browser> {
  const cookie = browsers.get(name) ?? signIn(name);
  browsers.set(name, cookie);
  const browser = withCookie(await cookie);
  await browser.send('DELETE', '/api/v1/session/see-as');
  return browser;
}
const seeAs = (browser: Browser, employee: number) => browser.send('POST', '/api/v1/session/see-as', { employee });
const idOf = async (browser: Browser) => (await browser.get('/api/v1/me')).body.id;
const titles = async (browser: Browser) =>
  (await browser.get('/api/v1/items?type=deal')).body.data.map(({ title }: { title: string }) => title);

describe('whoever sees the product as somebody else', () => {
  let browser: Browser;
  beforeEach(async () => {
    browser = await browserOf('olga');
    expect((await seeAs(browser, ann.id)).status).toBe(204);
  });

  it('reads what that person reads, everywhere, in their own language', async () => {
    const { body: me } = await browser.get('/api/v1/me');
    expect(me).toMatchObject({ id: ann.id, role: 'employee', language: 'pl', seenBy: { id: olga, name: 'Olga' } });
    expect(me.rights.administrator).toBe(false);
    expect(await titles(browser)).toEqual(['Of Ann']);
    expect((await browser.get(`/api/v1/items/${deals.nobodys}`)).status).toBe(404);
    expect((await browser.get(`/api/v1/items/${deals.anns}`)).status).toBe(200);
    expect((await browser.get('/api/v1/search?q=Of')).body.items).toHaveLength(1);
    expect((await browser.get('/api/v1/items.csv?type=deal')).body.code).toBe('no-item-export');
    expect((await browser.get(`/api/v1/users/${ann.id}/rights`)).status).toBe(200);
    expect((await browser.get(`/api/v1/users/${max.id}/rights`)).body.code).toBe('no-people');
  });

  it('is refused every write of the OpenAPI document with the same sentence, and nothing changes', async () => {
    const reads = ['check', 'test', 'rehearse', 'preview'];
    const isRead = (door: string) =>
      /automation|templates/.test(door) && reads.some((word) => door.endsWith(`/${word}`));
    const writes = doors.filter((door) => !isRead(door));
    expect(writes.length).toBeGreaterThan(60);
    expect(doors.filter(isRead)).toHaveLength(4);
    const before = await fingerprint();
    for (const door of writes) {
      const [method = '', path = ''] = door.split(' ');
      const url = path.replace('{type}', 'deal').replaceAll(/\{\w+\}/g, String(deals.anns));
      const answer = await browser.send(parseMethod(method), url, {});
      expect(answer, door).toMatchObject({ status: 403, body: { code: 'see-as-only-looks' } });
    }
    expect(await fingerprint()).toEqual(before);
  });

  it('may still look at what a text would say', async () => {
    const body = { item: deals.anns, text: 'About {{ item.title }}', as: 'text' };
    const answer = await browser.send('POST', '/api/v1/templates/preview', body);
    expect(answer).toMatchObject({ status: 200, body: { rendered: 'About Of Ann' } });
  });

  it('does not go on to a third person, nor back by the same way', async () => {
    for (const employee of [max.id, olga, ann.id])
      expect(await seeAs(browser, employee)).toMatchObject({ status: 403, body: { code: 'see-as-only-looks' } });
    expect(await idOf(browser)).toBe(ann.id);
  });

  it('leaves both ends in the audit log, and no third row when nothing was to end', async () => {
    await browser.send('DELETE', '/api/v1/session/see-as');
    const rows = async () =>
      (await server.call('GET', '/api/v1/audit?group=signIns&limit=1000', { key: KEY })).body.data;
    const seeing = async () => (await rows()).filter(({ kind }: { kind: string }) => kind.startsWith('see-as'));
    const before = (await seeing()).length;
    expect((await seeAs(browser, ann.id)).status).toBe(204);
    for (let turn = 0; turn < 2; turn += 1) await browser.send('DELETE', '/api/v1/session/see-as');
    const after = await seeing();
    const by = { via: 'session', person: { id: olga }, addresses: ['127.0.0.1'] };
    const on = { kind: 'person', id: String(ann.id) };
    expect(after.slice(0, after.length - before)).toMatchObject([
      { kind: 'see-as-ended', by, on },
      { kind: 'see-as-began', by, on },
    ]);
  });

  it('is themselves again after ending it, after an hour, and in every other session', async () => {
    const other = withCookie(await signIn('olga'));
    expect(await idOf(other)).toBe(olga);
    expect((await browser.send('DELETE', '/api/v1/session/see-as')).status).toBe(204);
    expect((await browser.get('/api/v1/me')).body).toMatchObject({ id: olga, seenBy: null, seenUntil: null });
    expect((await browser.send('DELETE', '/api/v1/session/see-as')).status).toBe(204);

    await seeAs(browser, ann.id);
    server.clock.advance(59 * 60_000);
    expect(await idOf(browser)).toBe(ann.id);
    server.clock.advance(2 * 60_000);
    expect(await idOf(browser)).toBe(olga);
    expect((await browser.send('POST', '/api/v1/contacts', { name: 'Cleo' })).status).toBe(201);
  });

  it('leaves nothing behind on signing out', async () => {
    const leaving = withCookie(await signIn('olga'));
    await seeAs(leaving, ann.id);
    expect(await idOf(leaving)).toBe(ann.id);
    await leaving.send('DELETE', '/api/v1/session');
    expect((await leaving.get('/api/v1/me')).status).toBe(401);
    expect(await idOf(withCookie(await signIn('olga')))).toBe(olga);
  });

  it('is themselves again once that person has been dismissed', async () => {
    await server.call('PATCH', `/api/v1/users/${ann.id}`, { key: KEY, body: { dismissed: true } });
    expect(await idOf(browser)).toBe(olga);
    await server.call('PATCH', `/api/v1/users/${ann.id}`, { key: KEY, body: { dismissed: false } });
    expect(await idOf(browser)).toBe(ann.id);
  });

  it('does not end the session of the person, nor slow their key', async () => {
    const hers = await browserOf('ann');
    expect((await hers.send('PATCH', `/api/v1/items/${deals.anns}`, { title: 'Of Ann' })).status).toBe(200);
    const ofOlga = await server.call('PATCH', `/api/v1/items/${deals.anns}`, { key: KEY, body: { title: 'Of Ann' } });
    expect(ofOlga.status).toBe(200);
  });
});

describe('seeing as somebody else is refused', () => {
  it('to a key, whoever it belongs to', async () => {
    for (const key of [KEY, max.key]) {
      const answer = await server.call('POST', '/api/v1/session/see-as', { key, body: { employee: ann.id } });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    const cookie = await signIn('olga');
    const both = { key: KEY, headers: { cookie }, body: { employee: ann.id } };
    expect((await server.call('POST', '/api/v1/session/see-as', both)).status).toBe(403);
    expect(await idOf(withCookie(cookie))).toBe(olga);
  });

  it('to who does not manage people, without a session, and from another site', async () => {
    const hers = await browserOf('ann');
    expect(await seeAs(hers, max.id)).toMatchObject({ status: 403, body: { code: 'no-people' } });
    expect((await server.call('POST', '/api/v1/session/see-as', { body: { employee: ann.id } })).status).toBe(401);
    expect((await server.call('DELETE', '/api/v1/session/see-as')).status).toBe(401);
    const headers = { cookie: await signIn('olga'), origin: 'https://evil.test' };
    for (const method of ['POST', 'DELETE'] as const) {
      const answer = await server.call(method, '/api/v1/session/see-as', { headers, body: { employee: ann.id } });
      expect(answer, method).toMatchObject({ status: 403, body: { code: 'cross-site' } });
    }
  });

  it('with somebody of another workspace, with nobody, with oneself, with who has been dismissed', async () => {
    const rival = await server.addWorkspace('Rival');
    const browser = await browserOf('olga');
    expect((await seeAs(browser, rival.adminId)).status).toBe(404);
    expect((await seeAs(browser, 999_999)).status).toBe(404);
    expect(await seeAs(browser, olga)).toMatchObject({ status: 409, body: { code: 'own-eyes' } });
    const gone = await hire('gone', 'sales');
    await server.call('PATCH', `/api/v1/users/${gone.id}`, { key: KEY, body: { dismissed: true } });
    expect(await seeAs(browser, gone.id)).toMatchObject({ status: 409, body: { code: 'dismissed' } });
    expect(await idOf(browser)).toBe(olga);
  });

  it('with somebody who has more rights, or who sees what one does not see oneself', async () => {
    const his = await browserOf('max');
    expect(await seeAs(his, olga)).toMatchObject({ status: 403, body: { code: 'more-than-own' } });
    expect((await seeAs(his, ann.id)).status).toBe(204);
    // Dora may do all that Ann may, but does not see what is Ann's.
    const hers = await browserOf('dora');
    expect(await seeAs(hers, ann.id)).toMatchObject({ status: 403, body: { code: 'more-than-own' } });
  });

  it('as soon as the rights change on either side', async () => {
    const his = await browserOf('max');
    await seeAs(his, ann.id);
    expect(await idOf(his)).toBe(ann.id);
    await server.call('PATCH', `/api/v1/users/${ann.id}`, { key: KEY, body: { role: 'admin' } });
    expect(await idOf(his)).toBe(max.id);
    expect((await his.get('/api/v1/me')).body.rights.administrator).toBe(false);
    await server.call('PATCH', `/api/v1/users/${ann.id}`, { key: KEY, body: { role: 'sales' } });
    expect(await idOf(his)).toBe(ann.id);
    await server.call('PATCH', `/api/v1/users/${max.id}`, { key: KEY, body: { role: 'sales' } });
    expect(await idOf(his)).toBe(max.id);
    await server.call('PATCH', `/api/v1/users/${max.id}`, { key: KEY, body: { role: 'Managers' } });
  });
});

describe('a stream', () => {
  it('ends when its session begins or ceases to see as somebody else, and opens again as whoever it is now', async () => {
    const cookie = await signIn('olga');
    const browser = withCookie(cookie);
    const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
    const own = await openStream(url, cookie);
    await seeAs(browser, ann.id);
    await own.ended;
    const anns = await openStream(url, cookie);
    await server.call('PATCH', `/api/v1/items/${deals.nobodys}`, { key: KEY, body: { title: 'Of Olga!' } });
    await server.call('PATCH', `/api/v1/items/${deals.anns}`, { key: KEY, body: { title: 'Of Ann!' } });
    await anns.hears({ topic: 'items', id: deals.anns });
    expect(anns.heard().filter(({ id }) => id === deals.nobodys)).toEqual([]);
    await browser.send('DELETE', '/api/v1/session/see-as');
    await anns.ended;
  });
});

interface Told {
  readonly topic: string;
  readonly id: number;
}

async function openStream(url: string, cookie: string) {
  const response = await fetch(`${url}/api/v1/stream`, { headers: { cookie }, signal: AbortSignal.timeout(20_000) });
  expect(response.status).toBe(200);
  const told: Told[] = [];
  let wake = () => {};
  const reading = (async () => {
    for await (const chunk of response.body ?? []) {
      for (const [, data = ''] of Buffer.from(chunk)
        .toString()
        .matchAll(/^data: (.*)$/gm))
        told.push(JSON.parse(data));
      wake();
    }
  })();
  return {
    ended: reading,
    heard: (): readonly Told[] => told,
    async hears(wanted: Told) {
      while (!told.some(({ topic, id }) => topic === wanted.topic && id === wanted.id))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
  };
}

function parseMethod(method: string) {
  const known = ['POST', 'PATCH', 'PUT', 'DELETE'] as const;
  const found = known.find((one) => one === method);
  if (found === undefined) throw new Error(`no method ${method}`);
  return found;
}

/** Of all that could have been written, but for the audit log, which holds the refusals themselves. */
async function fingerprint() {
  return inSystem(server.context.databases.system, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
        and has_table_privilege(c.oid, 'select') and c.relname not in ('audit_log', 'processes') order by 1`.execute(
      tx,
    );
    const sums: Record<string, unknown> = {};
    for (const { name } of rows) {
      const { rows: found } = await sql`
        select count(*)::int as count, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as sum from ${sql.table(name)} t`.execute(
        tx,
      );
      sums[name] = found[0];
    }
    return sums;
  });
}
