import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { importBatch } from './import-batch.ts';

let server: TestServer;
let firm: TestWorkspace;
let rival: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  rival = await server.addWorkspace('Rival');
});
afterAll(() => server.close());

type Sent = { key?: string | undefined; query?: string; type?: string };

async function upload(bytes: Buffer | string, { key = firm.key, query = 'target=deal', type = 'text/csv' }: Sent = {}) {
  const answer = await server.app.inject({
    ...{ method: 'POST', url: `/api/v1/imports?${query}` },
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    payload: Buffer.from(bytes),
  });
  return { status: answer.statusCode, body: answer.json() };
}
const act = (id: number, what: string, { body, key = firm.key }: { body?: unknown; key?: string } = {}) =>
  server.call(what === 'rows.csv' || what === '' ? 'GET' : 'POST', `/api/v1/imports/${id}${what && `/${what}`}`, {
    key,
    ...(body !== undefined && { body }),
  });
const draft = async (text = 'Title,Amount\na,1\nb,2\n') => (await upload(text)).body.id;
const settings = (more: object = {}) => ({ columns: [{ column: 0, to: 'title' }], runRules: false, ...more });
const work = (importId: number) => importBatch(server.context, { workspaceId: firm.id, importId, nextInMs: 0 });
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const xlsx = Buffer.from('504b0304140006000800000021', 'hex');

describe('what is no table is refused, and says what to do', () => {
  it.each<[string, Buffer | string, string]>([
    ['no bytes at all', '', 'empty-file'],
    ['only a mark', '\ufeff', 'empty-file'],
    ['only blank lines', '\n\n \r\n', 'empty-file'],
    ['only headers', 'Title,Stage\r\n', 'empty-file'],
    ['a quotation that never ends', 'Title\n"a\nb\n', 'open-quote'],
    ['a picture', Buffer.concat([png, Buffer.from('\na,b\n')]), 'not-text'],
    ['a workbook', Buffer.concat([xlsx, Buffer.from('\na,b\n')]), 'workbook'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1000a610a62', 'hex'), 'workbook'],
    ['2,000 columns', `${'a,'.repeat(2_000)}\n1\n`, 'too-wide'],
  ])('%s', async (_what, bytes, code) => {
    expect(await upload(bytes)).toMatchObject({ status: 422, body: { code } });
  });

  it('another media type', async () => {
    expect(await upload('Title\na\n', { type: 'text/html' })).toMatchObject({ status: 415 });
    expect(await upload('{"a":1}', { type: 'application/json' })).toMatchObject({ status: 422 });
  });

  it.each(['', 'target=nothing', 'target=deal&delimiter=x', 'target=deal&more=1'])(
    'a wrong query: %s',
    async (query) => {
      expect(await upload('Title\na\n', { query })).toMatchObject({ status: query === 'target=nothing' ? 422 : 400 });
    },
  );

  it('more than 32 MiB', async () => {
    expect(await upload(Buffer.alloc(32 * 1024 * 1024 + 1, 'a'))).toMatchObject({ status: 413 });
  });
});

describe('what is odd is read all the same', () => {
  it.each<[string, Buffer, string, string]>([
    ['UTF-16 with a mark', Buffer.from('\ufeffTitle,Amount\nZażółć,1\n', 'utf16le'), 'utf-16le', 'Zażółć'],
    ['Windows-1252', Buffer.from('Title,Amount\nCaf\u00e9,1\n', 'latin1'), 'windows-1252', 'Café'],
    [
      'broken UTF-8',
      Buffer.concat([Buffer.from('Title,Amount\n'), Buffer.from([0xc3, 0x28, 0x0a])]),
      'windows-1252',
      'Ã(',
    ],
  ])('%s', async (_what, bytes, encoding, sample) => {
    const { status, body } = await upload(bytes);
    expect([status, body.encoding, body.columns[0].samples]).toEqual([201, encoding, [sample]]);
  });

  it('a line of twenty million letters, and a cell with no end of commas: told in short', async () => {
    const huge = 'x'.repeat(20_000_000);
    const { status, body } = await upload(`Title,Amount\n${huge},1\nb,2${',c'.repeat(1_000_000)}\nc,3\n`);
    expect([status, body.rows]).toEqual([201, 3]);
    const preview = await act(body.id, 'preview', { body: settings() });
    expect(preview.body.reasons).toEqual({ 'too-long': 1, 'no-title': 1, 'too-many-cells': 1 });
    expect(JSON.stringify(preview.body).length).toBeLessThan(20_000);
    await act(body.id, 'start', { body: settings() });
    await work(body.id);
    expect((await act(body.id, '')).body).toMatchObject({ state: 'done', results: { created: 1, refused: 2 } });
  });

  it('a row whose fields are longer together than an item may be: the longest stay out, and are told', async () => {
    const headers = Array.from({ length: 25 }, (_, n) => `Long ${n}`);
    const cells = headers.map((_, n) => 'x'.repeat(19_000 - n));
    const { body } = await upload(`Title,${headers.join()}\nwide,${cells.join()}\nnarrow,a\n`);
    const columns = body.columns.map((one: { guess: object }) => one.guess);
    const preview = await act(body.id, 'preview', { body: settings({ columns }) });
    expect(preview.body.reasons).toMatchObject({ 'too-long': expect.any(Number) });
    await act(body.id, 'start', { body: settings({ columns, badCells: 'empty' }) });
    await work(body.id);
    expect((await act(body.id, '')).body).toMatchObject({ state: 'done', results: { created: 2 } });
    const [wide] = (await server.call('GET', '/api/v1/items?type=deal&q=wide', { key: firm.key })).body.data;
    expect(Object.values(wide.fields).filter((value) => value !== null)).toHaveLength(21);
  });

  it('columns and stages named like what every object has', async () => {
    const { body } = await upload('Title,__proto__,constructor,Stage\na,1,2,constructor\nb,3,4,toString\n');
    const stages = Object.fromEntries(body.stages.map((one: { text: string }) => [one.text, '+']));
    const wanted = settings({ columns: body.columns.map((one: { guess: object }) => one.guess), stages });
    expect(await act(body.id, 'start', { body: wanted })).toMatchObject({ status: 200 });
    await work(body.id);
    const { body: job } = await act(body.id, '');
    expect(job).toMatchObject({ state: 'done', results: { created: 2 } });
  });

  it('a stage that is named like what every object has, and not mapped, is told', async () => {
    const id = await draft('Title,Stage\na,constructor\n');
    const wanted = settings({
      columns: [
        { column: 0, to: 'title' },
        { column: 1, to: 'stage' },
      ],
    });
    expect((await act(id, 'preview', { body: wanted })).body.reasons).toEqual({ 'unknown-stage': 1 });
  });
});

describe('a mapping that cannot be', () => {
  it.each<[string, object, string]>([
    ['no columns', { columns: [] }, 'required'],
    ['a column that is not in the file', { columns: [{ column: 9, to: 'title' }] }, 'unknown-column'],
    ['a field that is not there', { columns: [{ column: 0, to: 'nowhere' }] }, 'unknown-field'],
    ['a field of the prototype', { columns: [{ column: 0, to: '__proto__' }] }, 'unknown-field'],
    [
      'a field twice',
      {
        columns: [
          { column: 0, to: 'title' },
          { column: 1, to: 'title' },
        ],
      },
      'twice',
    ],
    ['an address that is read only', { columns: [{ column: 0, to: 'updatedAt' }] }, 'unknown-field'],
    ['a stage that is not there', { columns: [{ column: 0, to: 'stage' }], stages: { a: 'NOWHERE' } }, 'unknown-stage'],
    ['a person who is not here', { responsible: 'nobody@firm.test' }, 'unknown-person'],
  ])('%s', async (_what, more, code) => {
    const id = await draft();
    const answer = await act(id, 'start', { body: settings(more) });
    expect(answer).toMatchObject({ status: 422 });
    expect(answer.body.errors.map((error: { code: string }) => error.code)).toEqual([code]);
    expect((await act(id, '')).body).toMatchObject({ state: 'draft', done: 0 });
  });

  it.each<[string, object]>([
    ['whether rules run is not said', { runRules: undefined }],
    ['an unknown word', { columns: [{ column: 0, to: 'title' }], surprise: 1 }],
    ['a column that is no number', { columns: [{ column: '0', to: 'title' }] }],
  ])('%s', async (_what, more) => {
    expect(await act(await draft(), 'start', { body: settings(more) })).toMatchObject({ status: 422 });
  });

  it('a pipeline that is not there, or another workspace’s', async () => {
    const [theirs] = (await server.call('GET', '/api/v1/pipelines', { key: rival.key })).body.data;
    for (const pipeline of ['Nowhere', theirs.id]) {
      const answer = await act(await draft(), 'start', { body: settings({ pipeline }) });
      expect([404, 422]).toContain(answer.status);
    }
  });
});

describe('whose import it is', () => {
  const steps = [
    ['', undefined],
    ['preview', settings()],
    ['start', settings()],
    ['cancel', undefined],
    ['rows.csv', undefined],
  ] as const;

  it.each(steps)('another workspace finds none of it: %s', async (what, body) => {
    expect(await act(await draft(), what, { body, key: rival.key })).toMatchObject({ status: 404 });
  });

  it.each(steps)('a stranger gets nowhere: %s', async (what, body) => {
    expect(await act(await draft(), what, { body, key: 'sb_nobody' })).toMatchObject({ status: 401 });
    expect(await upload('Title\na\n', { key: 'sb_nobody' })).toMatchObject({ status: 401 });
  });

  it('lists only one’s own workspace’s', async () => {
    await draft();
    const list = async (key: string) => (await server.call('GET', '/api/v1/imports', { key })).body.data;
    expect(await list(rival.key)).toEqual([]);
    expect(await list(firm.key)).not.toEqual([]);
    expect(await server.call('GET', '/api/v1/imports?cursor=nonsense', { key: firm.key })).toMatchObject({
      status: 400,
    });
  });
});

describe('cancelling', () => {
  const many = `Title\n${Array.from({ length: 400 }, (_, n) => `Deal ${n}`).join('\n')}\n`;

  it('keeps what is in, and gives back the rows that were not reached', async () => {
    const id = await draft(many);
    await act(id, 'start', { body: settings() });
    expect(await work(id)).toBe('more');
    expect(await act(id, 'cancel')).toMatchObject({ status: 200, body: { state: 'cancelled', done: 250 } });
    expect(await work(id)).toBe('ended');
    expect((await act(id, '')).body).toMatchObject({ state: 'cancelled', done: 250, results: { created: 250 } });
    const rest = (await act(id, 'rows.csv')).body.trim().split('\r\n');
    expect(rest).toHaveLength(151);
    expect([rest[1], rest.at(-1)]).toEqual(['Deal 250,252,not reached,', 'Deal 399,401,not reached,']);
  });

  it('takes back what was made for the rows, if none came in', async () => {
    const id = await draft('Title,Shoe size,Stage\na,38,Ringing\n');
    const to = ['title', 'new', 'stage'].map((one, column) => ({ column, to: one }));
    const codes = async () => {
      const { body } = await server.call('GET', '/api/v1/fields?type=deal', { key: firm.key });
      const pipelines = await server.call('GET', '/api/v1/pipelines?type=deal', { key: firm.key });
      const stages = pipelines.body.data.flatMap((one: { stages: { code: string }[] }) => one.stages);
      return [...body.data, ...stages].map((one: { code: string }) => one.code);
    };
    await act(id, 'start', { body: settings({ columns: to, stages: { Ringing: '+' } }) });
    expect(await codes()).toEqual(expect.arrayContaining(['shoe_size', 'RINGING']));
    expect(await act(id, 'cancel')).toMatchObject({ status: 200 });
    expect((await codes()).filter((code) => /shoe_size|RINGING/.test(code))).toEqual([]);
  });

  it('is refused when it has ended, starting when it was started or cancelled', async () => {
    const done = await draft();
    await act(done, 'start', { body: settings() });
    expect(await act(done, 'start', { body: settings() })).toMatchObject({ status: 409, body: { code: 'started' } });
    await work(done);
    expect(await act(done, 'cancel')).toMatchObject({ status: 409, body: { code: 'ended' } });
    const dropped = await draft();
    expect(await act(dropped, 'cancel')).toMatchObject({ status: 200 });
    expect(await act(dropped, 'start', { body: settings() })).toMatchObject({ status: 409 });
  });
});
