import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';

let server: TestServer;
let firm: TestWorkspace;
let other: TestWorkspace;
let employee: { id: number; key: string };
beforeAll(async () => {
  server = await startTestServer();
  firm = await server.addWorkspace();
  other = await server.addWorkspace('Other');
  employee = await firm.addPerson('bob@firm.test');
});
afterAll(() => server.close());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const call = (method: Method, path: string, body?: unknown, more: { key?: string; version?: number } = {}) =>
  server.call(method, `/api/v1${path}`, {
    key: more.key ?? firm.key,
    ...(body === undefined ? {} : { body }),
    ...(more.version === undefined ? {} : { headers: { 'if-match': `"${more.version}"` } }),
  });

const stages = [
  { code: 'NEW', name: 'New', kind: 'open' },
  { code: 'OFFER', name: 'Offer', kind: 'open' },
  { code: 'WARM', name: 'Warm', kind: 'open' },
  { code: 'WON', name: 'Won', kind: 'won' },
];
const without = (code: string) => stages.filter((stage) => stage.code !== code);
const rule = (id: string, stage: string) => ({ id, do: 'alerts/comment', stage, settings: { text: id } });

let made = 0;
async function makePipeline(rules: readonly object[] = []) {
  made += 1;
  const name = `Board ${made}`;
  const { body } = await call('POST', '/pipelines', { type: 'deal', name, stages });
  if (rules.length > 0) await call('PUT', `/automation/deal/${body.id}`, { type: 'deal', pipeline: name, rules });
  return { id: Number(body.id), name };
}
const addDeal = async (pipeline: number, stage: string) =>
  (await call('POST', '/items', { type: 'deal', title: 'Deal', pipeline, stage })).body.id;
const stageOf = async (id: number) => (await call('GET', `/items/${id}`)).body.stage;
const put = (id: number, body: object, more = {}) => call('PUT', `/pipelines/${id}/stages`, body, more);

describe('the stages of a pipeline', () => {
  test('are renamed, coloured, ordered and added to in one save that is a new version of the board', async () => {
    const { id } = await makePipeline([rule('r', 'WARM')]);
    const input = [
      { code: 'WARM', name: 'Interested', kind: 'open', color: '#123456' },
      { code: 'NEW', name: 'New', kind: 'open' },
      { name: 'Wysłano ofertę', kind: 'open' },
      { code: 'OFFER', name: 'Offer', kind: 'open' },
      { code: 'WON', name: 'Won', kind: 'won' },
    ];
    const answer = await put(id, { stages: input }, { version: 1 });
    expect(answer).toMatchObject({ status: 200, body: { moved: 0, dropped: 0, pipeline: { version: 2 } } });
    expect(answer.headers.etag).toBe('"2"');
    expect(answer.body.pipeline.stages).toMatchObject([
      { code: 'WARM', name: 'Interested', color: '#123456' },
      { code: 'NEW' },
      { code: 'WYSLANO_OFERTE', name: 'Wysłano ofertę' },
      { code: 'OFFER' },
      { code: 'WON' },
    ]);
    const board = await call('GET', `/automation/deal/${id}`);
    expect(board.body).toMatchObject({ version: 2, rules: [{ id: 'r', stage: 'WARM' }] });
  });

  test('are not changed by an employee, from another workspace, or in the wrong order', async () => {
    const { id } = await makePipeline();
    expect(await put(id, { stages }, { key: employee.key })).toMatchObject({ status: 403 });
    expect(await put(id, { stages }, { key: other.key })).toMatchObject({ status: 404 });
    expect(await put(id, { stages: stages.toReversed() })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'stages[0].kind', code: 'not-last' }] },
    });
    expect(await put(id, { stages: [{ name: ' ', kind: 'open' }] })).toMatchObject({ status: 422 });
    expect((await call('GET', `/pipelines/${id}`)).body).toMatchObject({ version: 0, stages });
  });

  test('the last open stage stays', async () => {
    const { id } = await makePipeline();
    expect(await put(id, { stages: stages.slice(3) })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'no-open-stage' }] },
    });
  });

  test('8.3: one that has items goes only when it is said where they go; that is a move by this person with a visit', async () => {
    const { id } = await makePipeline([rule('welcome', 'WARM')]);
    const deal = await addDeal(id, 'OFFER');
    expect(await put(id, { stages: without('OFFER') })).toMatchObject({
      status: 409,
      body: { code: 'stage-has-items', errors: [{ code: 'has-items' }] },
    });
    expect(await put(id, { stages: without('OFFER'), left: { OFFER: { moveTo: 'NOWHERE' } } })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'unknown-stage' }] },
    });
    expect(await stageOf(deal)).toBe('OFFER');

    const answer = await put(id, { stages: without('OFFER'), left: { OFFER: { moveTo: 'WARM' } } });
    expect(answer).toMatchObject({ status: 200, body: { moved: 1 } });
    expect(await stageOf(deal)).toBe('WARM');
    const { body } = await call('GET', `/items/${deal}/timeline`);
    expect(body.data[0]).toMatchObject({ kind: 'moved', from: 'OFFER', to: 'WARM', by: { id: firm.adminId } });
    expect((await call('GET', `/items/${deal}/runs`)).body.data).toMatchObject([{ rule: 'welcome' }]);
  });

  test('what stands on a stage that goes is deleted or moved, as was said', async () => {
    const { id } = await makePipeline([rule('one', 'OFFER'), rule('two', 'WARM')]);
    expect(await put(id, { stages: without('OFFER') })).toMatchObject({
      status: 409,
      body: { code: 'stage-has-automation', errors: [{ path: 'left.OFFER' }] },
    });
    const moved = await put(id, { stages: without('OFFER'), left: { OFFER: { moveTo: 'NEW', automation: 'move' } } });
    expect(moved.body).toMatchObject({ dropped: 0 });
    const board = () => call('GET', `/automation/deal/${id}`);
    expect((await board()).body.rules).toMatchObject([
      { id: 'one', stage: 'NEW' },
      { id: 'two', stage: 'WARM' },
    ]);
    // Where the items go is not where the cards go, unless that was said too.
    const dropped = await put(id, { stages: [stages[0], stages[3]], left: { WARM: { moveTo: 'NEW' } } });
    expect(dropped.body).toMatchObject({ dropped: 1 });
    expect((await board()).body.rules).toMatchObject([{ id: 'one' }]);
  });

  test('one that a rule moves items to stays until the rule is changed, and the rule is named', async () => {
    const go = { id: 'go', do: 'items/change-stage', name: 'Hurry', stage: 'NEW', settings: { stage: 'OFFER' } };
    const { id } = await makePipeline([go]);
    expect(await put(id, { stages: without('OFFER'), left: { OFFER: { moveTo: 'NEW' } } })).toMatchObject({
      status: 409,
      body: {
        code: 'automation-in-the-way',
        errors: [
          { path: 'rules[0].settings.stage', message: 'Hurry (NEW): There is no stage "OFFER" in this pipeline' },
        ],
      },
    });
    expect((await call('GET', `/pipelines/${id}`)).body).toMatchObject({ version: 1, stages });
  });

  test('that a file has made are edited, whatever their codes; new codes are plain', async () => {
    const name = 'By file';
    const made = [
      { code: 'C4:NEW', name: 'New', kind: 'open' },
      { code: 'Offer sent, twice', name: 'Offer', kind: 'open' },
      { code: 'C4:WON', name: 'Won', kind: 'won' },
    ];
    await call('PUT', `/automation/deal/${encodeURIComponent(name)}`, { type: 'deal', pipeline: name, stages: made });
    const { body } = await call('GET', '/pipelines?type=deal');
    const { id } = body.data.find((one: { name: string }) => one.name === name);
    const deal = await addDeal(id, 'Offer sent, twice');
    const renamed = made.map((stage) => ({ ...stage, name: `${stage.name} one` }));
    expect(await put(id, { stages: renamed })).toMatchObject({ status: 200, body: { pipeline: { stages: renamed } } });
    const left = { 'Offer sent, twice': { moveTo: 'C4:NEW' } };
    expect(await put(id, { stages: [made[0], made[2]], left })).toMatchObject({ status: 200, body: { moved: 1 } });
    expect(await stageOf(deal)).toBe('C4:NEW');
    expect(await put(id, { stages: [{ code: 'C5:NEW', name: 'x', kind: 'open' }, made[2]] })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'stages[0].code', code: 'format' }] },
    });
  });

  test('8.3: who saves over somebody else is told what was changed', async () => {
    const { id } = await makePipeline([rule('r', 'NEW')]);
    await put(id, { stages: [...stages.slice(0, 3), { name: 'Talks', kind: 'open' }, stages[3]] }, { version: 1 });
    expect(await put(id, { stages: without('WARM') }, { version: 1 })).toMatchObject({
      status: 412,
      body: { errors: [expect.objectContaining({ code: 'added' })] },
    });
  });

  test('one with hundreds of items is emptied whole, each with a visit and the runs of its new stage', async () => {
    const { id } = await makePipeline([rule('welcome', 'WARM')]);
    const adding = Array.from({ length: 620 }, () => addDeal(id, 'OFFER'));
    const deals = await Promise.all(adding);
    const { body } = await put(id, { stages: without('OFFER'), left: { OFFER: { moveTo: 'WARM' } } });
    expect(body).toMatchObject({ moved: 620 });
    for (const deal of [deals[0], deals.at(-1)]) {
      expect(await stageOf(deal)).toBe('WARM');
      expect((await call('GET', `/items/${deal}/runs`)).body.data).toMatchObject([{ rule: 'welcome' }]);
    }
  });

  test('two who delete the same stage at once move its items once', async () => {
    const { id } = await makePipeline();
    const deal = await addDeal(id, 'OFFER');
    const input = { stages: without('OFFER'), left: { OFFER: { moveTo: 'WARM' } } };
    const answers = await Promise.all([put(id, input), put(id, input)]);
    expect(answers.map(({ status, body }) => [status, body.moved]).sort()).toEqual([
      [200, 0],
      [200, 1],
    ]);
    const { body } = await call('GET', `/items/${deal}/timeline`);
    expect(body.data.filter(({ kind }: { kind: string }) => kind === 'moved')).toHaveLength(1);
  });

  test('no item is left on a stage that goes while others put items there', async () => {
    const { id } = await makePipeline();
    const wandering = await addDeal(id, 'NEW');
    const adding = Array.from({ length: 12 }, () =>
      call('POST', '/items', { type: 'deal', title: 'Late', pipeline: id, stage: 'OFFER' }),
    );
    const moving = call('POST', `/items/${wandering}/moves`, { stage: 'OFFER' });
    const deleting = put(id, { stages: without('OFFER'), left: { OFFER: { moveTo: 'WARM' } } });
    const answers = await Promise.all([...adding, moving, deleting]);
    expect(new Set(answers.map(({ status }) => status))).toSatisfy((seen: Set<number>) =>
      [...seen].every((status) => [200, 201, 422].includes(status)),
    );
    const { body } = await call('GET', `/items?type=deal&pipeline=${id}&limit=100`);
    const kept = answers.slice(0, 12).filter(({ status }) => status === 201).length;
    expect(body.data).toHaveLength(kept + 1);
    expect(body.data.map(({ stage }: { stage: string }) => stage)).not.toContain('OFFER');
  });
});

describe('the pipelines of a type', () => {
  test('begin empty, with a few stages, or as a copy with or without automation', async () => {
    const empty = await call('POST', '/pipelines', { type: 'deal', name: 'Empty', from: 'empty' });
    expect(empty.body.stages.map(({ kind }: { kind: string }) => kind)).toEqual(['open', 'won', 'lost']);
    const sample = await call('POST', '/pipelines', { type: 'deal', name: 'Sample', from: 'sample' });
    expect(sample.body.stages.length).toBeGreaterThan(5);

    const { id } = await makePipeline([rule('r', 'WARM')]);
    const copy = await call('POST', '/pipelines', {
      type: 'deal',
      name: 'Copy',
      from: { pipeline: id, automation: true },
    });
    expect(copy).toMatchObject({ status: 201, body: { version: 1, stages } });
    expect((await call('GET', `/automation/deal/${copy.body.id}`)).body).toMatchObject({
      pipeline: 'Copy',
      rules: [{ id: 'r', stage: 'WARM' }],
    });
    const bare = await call('POST', '/pipelines', { type: 'deal', name: 'Bare', from: { pipeline: id } });
    expect(bare.body).toMatchObject({ version: 0, stages });
  });

  test('are not made twice under one name, by an employee, or as a copy of another type', async () => {
    const { id, name } = await makePipeline();
    expect(await call('POST', '/pipelines', { type: 'deal', name: name.toUpperCase(), from: 'empty' })).toMatchObject({
      status: 409,
      body: { code: 'name-taken' },
    });
    const input = { type: 'lead', name: 'Leads too', from: { pipeline: id } };
    expect(await call('POST', '/pipelines', input)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'from.pipeline' }] },
    });
    expect(await call('POST', '/pipelines', { ...input, from: 'empty' }, { key: employee.key })).toMatchObject({
      status: 403,
    });
    expect(await call('POST', '/pipelines', { type: 'deal', name: 'Neither' })).toMatchObject({ status: 422 });
    const theirs = { type: 'deal', name: 'Theirs', from: { pipeline: id } };
    expect(await call('POST', '/pipelines', theirs, { key: other.key })).toMatchObject({ status: 404 });
  });

  test('are renamed and put in order', async () => {
    const { id } = await makePipeline();
    expect((await call('PATCH', `/pipelines/${id}`, { name: 'First of all', place: 0 })).body).toMatchObject({
      name: 'First of all',
    });
    const names = (await call('GET', '/pipelines?type=deal')).body.data.map(({ name }: { name: string }) => name);
    expect(names[0]).toBe('First of all');
    expect(await call('PATCH', `/pipelines/${id}`, { name: 'FIRST of all' })).toMatchObject({ status: 200 });
    expect(await call('PATCH', `/pipelines/${id}`, { place: 1 }, { key: employee.key })).toMatchObject({ status: 403 });
    expect(await call('PATCH', `/pipelines/${id}`, {})).toMatchObject({ status: 422 });
    expect(await call('PATCH', `/pipelines/${id}`, { place: 0 }, { key: other.key })).toMatchObject({ status: 404 });
  });

  test('one with items goes only when it is said where they go', async () => {
    const { id } = await makePipeline([rule('r', 'NEW')]);
    const target = await makePipeline([rule('hello', 'WARM')]);
    const deals = [await addDeal(id, 'NEW'), await addDeal(id, 'OFFER')];
    expect(await call('DELETE', `/pipelines/${id}`)).toMatchObject({ status: 409, body: { code: 'has-items' } });
    expect(await call('DELETE', `/pipelines/${id}?toPipeline=${id}`)).toMatchObject({ status: 422 });
    const way = `/pipelines/${id}?toPipeline=${target.id}&toStage=WARM`;
    expect(await call('DELETE', way, undefined, { key: employee.key })).toMatchObject({ status: 403 });
    expect(await call('DELETE', way, undefined, { key: other.key })).toMatchObject({ status: 404 });

    expect(await call('DELETE', way)).toMatchObject({ status: 204 });
    for (const deal of deals) {
      expect((await call('GET', `/items/${deal}`)).body).toMatchObject({ pipeline: target.id, stage: 'WARM' });
      const { body } = await call('GET', `/items/${deal}/runs`);
      expect(body.data.map((run: { rule: string }) => run.rule)).toContain('hello');
    }
    expect(await call('GET', `/pipelines/${id}`)).toMatchObject({ status: 404 });
  });

  test('the last one of a type stays', async () => {
    const { body } = await call('GET', '/pipelines?type=quote');
    expect(await call('DELETE', `/pipelines/${body.data[0].id}`)).toMatchObject({
      status: 409,
      body: { code: 'last-pipeline' },
    });
  });
});
