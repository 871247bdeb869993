import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEmail } from '../../channels/email/letters/emails.store.ts';
import { buildMessage } from '../../channels/email/outbound/build-message.ts';
import { tracking } from '../../channels/email/testing-mail.ts';
import { inSystem } from '../../platform/db.ts';
import { recordSignals } from '../../signals/record-signals.ts';
import { drainWorkspace } from '../drain/drain.ts';
import { keptVerdicts } from '../verdicts/testing-verdicts.ts';
import { makeRunFixture, type RunFixture } from './testing-runs.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
  await fixture.addChannel({ kind: 'mailbox', name: 'sales@firm.test', settings: { address: 'sales@firm.test' } });
});
afterAll(() => fixture.close());

const rule = (id: string, key: string, settings: object, stage = 'NEW') => ({ id, do: key, stage, settings });
const comments = async (itemId: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', itemId).where('kind', '=', 'comment').execute(),
    )
  ).map(({ text }) => text);
let calls = 0;
async function call(item: number, payload: Readonly<Record<string, unknown>>): Promise<void> {
  calls += 1;
  const signal = { kind: 'webhook.called', sourceKey: `call ${calls}`, occurredAt: fixture.clock.now(), payload };
  await fixture.inside((tx) => recordSignals(tx, [{ ...signal, items: [item] }]));
  await drainWorkspace(fixture.context, fixture.workspaceId, { bindSignals: async () => {} });
}
const onHook = (more: object = {}) => ({
  id: 't',
  on: 'apps/webhook',
  stage: 'WARM',
  settings: { code: 'go' },
  ...more,
});

describe('5.6 texts of rules', () => {
  test('5.6 know the signal that moved the item, its responsible and its client’s own fields', async () => {
    await fixture.inside((tx) =>
      sql`insert into fields (workspace_id, type, code, name, kind) values (${fixture.workspaceId}, 'contact', 'shoeSize', 'Size', 'number')`.execute(
        tx,
      ),
    );
    await fixture.saveBoard({
      triggers: [onHook()],
      rules: [
        rule(
          'say',
          'alerts/comment',
          { text: '{{ signal.kind }} {{ signal.data.plan }} {{ responsible.name }} {{ client.shoeSize }}' },
          'WARM',
        ),
      ],
    });
    const contactId = await fixture.addContact({ name: 'Cleo' });
    await fixture.inside((tx) =>
      sql`update contacts set fields = '{"shoeSize": 44}' where id = ${contactId}`.execute(tx),
    );
    const item = await fixture.create({ contactId });
    await call(item, { code: 'go', data: { plan: 'gold' } });
    await fixture.work();
    expect(await comments(item)).toEqual(['webhook.called gold Anna 44']);
  });

  test('5.6 put values in as text, never as markup: html and text mails, subjects, notifications', async () => {
    const name = 'Eve <img src=x onerror=alert(1)> "{{ item.title }}"\r\nBcc: all@firm.test';
    await fixture.saveBoard({
      rules: [
        rule('html', 'clients/email', {
          subject: 'For {{ client.name }}',
          html: '<p title="{{ client.name }}">{{ client.name }}</p>',
        }),
        rule('text', 'clients/email', { subject: 's', text: 'Dear {{ client.name }}' }),
        rule('tell', 'alerts/notify', { text: 'From {{ client.name }}' }),
      ],
    });
    const item = await fixture.create({ contactId: await fixture.addContact({ name, emails: ['eve@client.test'] }) });
    await fixture.work();
    const rows = await fixture.inside((tx) =>
      tx.selectFrom('emails').select('id').where('item_id', '=', item).orderBy('id').execute(),
    );
    const letters = await Promise.all(
      rows.map(async ({ id }) => {
        const email = await fixture.inside((tx) => findEmail(tx, id));
        if (email === undefined) throw new Error('no e-mail');
        return buildMessage(email, [], tracking);
      }),
    );
    for (const { html, raw, to } of letters) {
      expect(html).toContain('Eve &lt;img src=x onerror=alert(1)&gt;');
      expect(html).not.toMatch(/<img src=x/);
      expect(html).toContain('{{ item.title }}');
      expect(raw.toString().split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
      expect(to).toEqual(['eve@client.test']);
    }
    const [notice] = await fixture.inside((tx) =>
      tx.selectFrom('notifications').select('text').where('item_id', '=', item).execute(),
    );
    expect(notice?.text).toBe(`From ${name}`);
  });

  test('5.6 an address from a text is one address, or the run fails with a reason', async () => {
    await fixture.saveBoard({
      rules: [rule('mail', 'clients/email', { to: '{{ item.title }}', subject: 's', text: 't' })],
    });
    const item = await fixture.create({ title: 'a@client.test, b@client.test' });
    await fixture.work();
    expect(await fixture.run(item, 'mail')).toMatchObject({
      state: 'failed',
      error: '"a@client.test, b@client.test" is not an e-mail address',
    });
  });
});

describe('6 conditions in the workspace', () => {
  const atLeast = { field: 'amount', is: 'at least', value: '100 PLN' };
  const verdicts = (item: number) => fixture.inside((tx) => keptVerdicts(tx, item));

  test('6 money of another currency is converted at the workspace’s rate; without one it is false and the verdict says why', async () => {
    const rates = JSON.stringify({ USD: '4.00' });
    await inSystem(fixture.databases.system, (tx) =>
      sql`update workspaces set currency = 'PLN', rates = ${rates}::jsonb where id = ${fixture.workspaceId}`.execute(
        tx,
      ),
    );
    await fixture.saveBoard({ triggers: [onHook({ when: atLeast })] });
    const items = [
      await fixture.create({ amount: 25, currency: 'USD' }),
      await fixture.create({ amount: 24.99, currency: 'USD' }),
      await fixture.create({ amount: 1_000_000, currency: 'GBP' }),
    ];
    for (const item of items) await call(item, { code: 'go' });
    expect(await Promise.all(items.map(verdicts))).toMatchObject([
      [[['t', 'moves', { rates: [{ base: 'PLN', currency: 'USD', rate: '4.00' }] }]]],
      [[['t', 'condition', { part: atLeast, got: { amount: '24.99', currency: 'USD' } }]]],
      [[['t', 'condition', { part: atLeast, got: { currency: 'GBP' }, note: 'no rate for GBP' }]]],
    ]);
  });

  test('6 conditions of rules see the earlier results and the signal, and say which part refused', async () => {
    await fixture.saveBoard({
      triggers: [onHook()],
      rules: [
        {
          ...rule('signal', 'alerts/comment', { text: 'a' }, 'WARM'),
          when: { field: 'signal.code', is: 'equals', value: 'GO' },
        },
        {
          ...rule('results', 'alerts/comment', { text: 'b' }, 'WARM'),
          when: { field: 'rules.mail.emailId', is: 'is filled' },
        },
        rule('mail', 'clients/email', { subject: 's', text: 't' }, 'WARM'),
      ],
    });
    const item = await fixture.create();
    await call(item, { code: 'go' });
    await fixture.work();
    expect(await fixture.run(item, 'signal')).toMatchObject({ state: 'done' });
    expect(await fixture.run(item, 'results')).toMatchObject({
      state: 'skipped',
      result: { because: { part: { field: 'rules.mail.emailId' }, got: null } },
    });
  });
});
