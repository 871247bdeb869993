import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeItem } from '../moves/change-item.ts';
import { runVisits } from './run-visits.ts';
import { makeRunFixture, type RunFixture } from './testing-runs.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
  await fixture.addChannel({ kind: 'mailbox', name: 'sales@firm.test', settings: { address: 'sales@firm.test' } });
});
afterAll(() => fixture.close());

const rule = (id: string, key: string, settings: object, more: object = {}) => ({
  ...{ id, do: key, stage: 'NEW', settings },
  ...more,
});
const comment = (id: string, more: object = {}) => rule(id, 'alerts/comment', { text: id }, more);
const states = async (itemId: number) =>
  Object.fromEntries((await fixture.runs(itemId)).map((run) => [run.ruleId, run.state]));
const workOn = async (itemId: number, ruleId: string) =>
  runVisits(fixture.runner, {
    workspaceId: fixture.workspaceId,
    visitIds: [(await fixture.run(itemId, ruleId)).visitId],
  });
const write = (query: ReturnType<typeof sql>) => fixture.inside(async (tx) => void (await query.execute(tx)));

describe('5.2 order', () => {
  const mail = (id: string, more: object = {}) => rule(id, 'clients/email', { subject: 's', text: 't' }, more);

  test('5.2 a rule above whose delivery became uncertain has ended as well', async () => {
    await fixture.saveBoard({
      rules: [
        comment('above'),
        rule('link', 'alerts/comment', { text: 'sent {{ rules.mail.emailId }}' }, { order: 'after previous' }),
        mail('mail', { time: { after: '1 hour' } }),
      ],
    });
    const item = await fixture.create({ contactId: await fixture.addContact({ emails: ['cleo@client.test'] }) });
    await fixture.work();
    await write(sql`update runs set state = 'uncertain' where item_id = ${item} and rule_id = 'above'`);
    expect(await states(item)).toEqual({ above: 'uncertain', link: 'waiting', mail: 'waiting' });
    fixture.clock.advance(3_600_000);
    await workOn(item, 'mail');
    expect(await states(item)).toEqual({ above: 'uncertain', link: 'done', mail: 'done' });
  });

  test('5.2 the result of a skipped rule is missing; a required setting left empty by it fails the run', async () => {
    await fixture.saveBoard({
      rules: [
        mail('mail', { when: { field: 'amount', is: 'greater', value: 1_000_000 } }),
        rule('needs', 'alerts/comment', { text: '{{ rules.mail.emailId }}' }),
        rule('goes on', 'alerts/comment', { text: 'mail {{ rules.mail.emailId }}' }),
      ].map((one) => ({ ...one, id: one.id.replace(' ', '-') })),
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await states(item)).toEqual({ mail: 'skipped', needs: 'failed', 'goes-on': 'done' });
    expect((await fixture.run(item, 'needs')).error).toBe('the text is empty');
  });

  test('5.2 so is the result of a rule whose mail was not delivered, when the delivery has failed by then', async () => {
    const uses = { text: 'mail {{ rules.mail.emailId }}' };
    await fixture.saveBoard({
      rules: [
        mail('mail'),
        rule('now', 'alerts/comment', uses),
        rule('later', 'alerts/comment', uses, { time: { after: '1 hour' } }),
      ],
    });
    const item = await fixture.create({ contactId: await fixture.addContact({ emails: ['cleo@client.test'] }) });
    await fixture.work();
    await write(sql`update runs set state = 'failed' where item_id = ${item} and rule_id = 'mail'`);
    fixture.clock.advance(3_600_000);
    await workOn(item, 'later');
    const texts = await fixture.inside((tx) =>
      tx
        .selectFrom('timeline')
        .select('text')
        .where('item_id', '=', item)
        .where('kind', '=', 'comment')
        .orderBy('id')
        .execute(),
    );
    expect(texts).toEqual([{ text: expect.stringMatching(/^mail \d+$/) }, { text: 'mail ' }]);
  });

  test('5.2 a rule in parallel starts a chain of its own: it does not wait for the chain above', async () => {
    await fixture.saveBoard({
      rules: [
        comment('first', { time: { after: '1 day' } }),
        comment('second', { order: 'after previous' }),
        comment('own'),
        comment('own-link', { order: 'after previous' }),
      ],
    });
    const item = await fixture.create();
    await fixture.work();
    expect(await states(item)).toEqual({ first: 'waiting', second: 'waiting', own: 'done', 'own-link': 'done' });
  });
});

describe('5.7 one run for each visit and rule', () => {
  test('5.7 the key of the table refuses a second', async () => {
    await fixture.saveBoard({ rules: [comment('one')] });
    const item = await fixture.create();
    await expect(
      write(sql`insert into runs (workspace_id, visit_id, item_id, pipeline_id, rule_id)
        select workspace_id, visit_id, item_id, pipeline_id, rule_id from runs where item_id = ${item}`),
    ).rejects.toThrow(/duplicate key/);
  });
});

describe('5.8 what leaves Signalbox', () => {
  test('5.8 the run is done when its outbox row is written, before anything is sent', async () => {
    await fixture.saveBoard({ rules: [rule('mail', 'clients/email', { subject: 's', text: 't' })] });
    const item = await fixture.create({ contactId: await fixture.addContact({ emails: ['cleo@client.test'] }) });
    await fixture.work();
    const rows = await fixture.inside((tx) =>
      tx.selectFrom('outbox').select(['state', 'attempts']).where('item_id', '=', item).execute(),
    );
    expect([await states(item), rows]).toEqual([{ mail: 'done' }, [{ state: 'queued', attempts: 0 }]]);
  });
});

describe('5.9 runs that something holds', () => {
  test.each(['condition', 'task', 'answer'])('5.9 by a %s: leaving cancels them by their own policy', async (held) => {
    const day = { time: { at: { field: 'dueDate' } } };
    await fixture.saveBoard({
      rules: [
        comment('goes', day),
        comment('stays', { ...day, onLeave: 'keep' }),
        comment('next', { order: 'after previous' }),
        comment('timed', day),
      ],
    });
    const item = await fixture.create();
    await write(
      sql`update runs set waiting_for = ${held}, due_at = null where item_id = ${item} and rule_id in ('goes', 'stays')`,
    );
    await fixture.inside((tx) =>
      changeItem(tx, fixture.acting(), { itemId: item, changes: { dueDate: '2036-02-01' } }),
    );
    await workOn(item, 'goes');
    expect(await fixture.run(item, 'goes')).toMatchObject({ state: 'waiting', waitingFor: held, dueAt: null });
    expect(await fixture.run(item, 'timed')).toMatchObject({ dueAt: new Date('2036-02-01T00:00:00Z') });

    await fixture.move(item, 'OFFER');
    expect(await states(item)).toEqual({
      ...{ goes: 'cancelled', stays: 'waiting', next: 'cancelled', timed: 'cancelled' },
    });
    expect(await fixture.run(item, 'stays')).toMatchObject({ waitingFor: held });
  });

  test('5.9 links not yet due are waiting with no moment', async () => {
    await fixture.saveBoard({
      rules: [comment('above', { time: { after: '1 day' } }), comment('link', { order: 'after previous' })],
    });
    const item = await fixture.create();
    expect(await fixture.run(item, 'above')).toMatchObject({
      state: 'waiting',
      waitingFor: 'time',
      dueAt: expect.any(Date),
    });
    expect(await fixture.run(item, 'link')).toMatchObject({ state: 'waiting', waitingFor: null, dueAt: null });
  });
});
