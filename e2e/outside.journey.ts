import nodemailer from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './hands/until.ts';
import { startWorld, type World } from './world.ts';

const BOARD = `
type: deal
pipeline: Outside
stages:
  - { code: NEW,       name: New,        kind: open }
  - { code: OFFER,     name: Offer sent, kind: open }
  - { code: WARM,      name: Interested, kind: open }
  - { code: TALKS,     name: Talks,      kind: open }
  - { code: WON,       name: Won,        kind: won }
  - { code: LOST,      name: Lost,       kind: lost }
triggers:
  - on: email/opened
    stage: WARM
    name: Client read the offer
    when: { all: [ { field: amount, is: at least, value: 1000 } ] }
    as: responsible
    allowBack: false
    settings: { firstOnly: true }
  - on: email/received
    stage: TALKS
  - on: apps/webhook
    stage: WON
    settings: { code: paid-outside }
rules:
  - do: alerts/notify
    stage: WARM
    id: tell
    settings:
      text: "{{ item.title }}: {{ client.name }} has read the offer"
      recipients: [ responsible ]
  - do: alerts/comment
    stage: WARM
    order: after previous
    settings: { text: "Read." }
`;

const PERSON = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Thunderbird/128.3.1';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe('the main flow by outside programs alone', () => {
  it('sets up a board from the automation file, and applying its export changes nothing', async () => {
    const put = await world.api('PUT', '/api/v1/automation/deal/Outside', BOARD);
    expect(put.status, JSON.stringify(put.body)).toBe(200);
    const exported = await world.api('GET', '/api/v1/automation/deal/Outside');
    expect(exported.headers.get('etag')).toBeTruthy();
    const { version, ...file } = exported.body;
    const again = await world.api('PUT', '/api/v1/automation/deal/Outside', file);
    expect(again.status).toBe(200);
    expect(again.body.version).toBe(version);
  });

  it('answers a broken file with the line and the path of each error', async () => {
    const broken = await world.api(
      'PUT',
      '/api/v1/automation/deal/Outside',
      BOARD.replace('firstOnly: true', 'firstOnly: maybe'),
    );
    expect(broken.status).toBe(422);
    expect(broken.headers.get('content-type')).toContain('application/problem+json');
    expect(broken.body.errors[0]).toMatchObject({ path: 'triggers[0].settings.firstOnly', line: 18 });
  });

  it('moves a deal when its client opens the e-mail, once, and says why', async () => {
    const { item, mail } = await sendOffer('Jan', 2000);
    await open(mail, PERSON);
    const moved = await until('the deal on WARM', async () => (await get(`/items/${item}`)).stage === 'WARM');
    expect(moved).toBe(true);

    const entry = (await get(`/items/${item}/timeline`)).data.find((one: { kind: string }) => one.kind === 'moved');
    expect(entry).toMatchObject({ from: 'NEW', to: 'WARM', trigger: 'Client read the offer' });
    const notice = await until('the notification', async () =>
      (await get('/notifications')).data.find((one: { item: number }) => one.item === item),
    );
    expect(notice.text).toBe('Offer for Jan: Jan Client has read the offer');
    const runs = await until('both runs', async () => {
      const { data } = await get(`/items/${item}/runs`);
      return data.length === 2 && data.every((run: { state: string }) => run.state === 'done') ? data : undefined;
    });
    expect(runs.map((run: { key: string }) => run.key).toSorted()).toEqual(['alerts/comment', 'alerts/notify']);

    await open(mail, PERSON);
    const signals = await until('the second open', async () => {
      const { data } = await get(`/items/${item}/signals`);
      const opened = data.filter(
        (one: { kind: string; decidedAt: string | null }) => one.kind === 'email.opened' && one.decidedAt !== null,
      );
      return opened.length === 2 ? opened : undefined;
    });
    const verdicts = signals.map((signal: { verdicts: { verdict: string }[] }) => signal.verdicts[0]?.verdict);
    expect(verdicts.toSorted()).toEqual(['already-here', 'moves']);
    expect(signals.find((signal: { move: unknown }) => signal.move !== null).id).toBe(entry.signal);
  });

  it("does not move it for a machine's open or for a small amount, and keeps the reasons", async () => {
    const scanned = await sendOffer('Machine', 2000);
    await open(scanned.mail, 'Mozilla/5.0 (compatible; Mimecast URL Protection; +https://www.mimecast.com)');
    const machine = await until('its verdict', async () => firstVerdict(scanned.item, 'email.opened'));
    expect(machine.verdict).toBe('not-a-person');

    const small = await sendOffer('Small', 10);
    await open(small.mail, PERSON);
    const condition = await until('its verdict', async () => firstVerdict(small.item, 'email.opened'));
    expect(condition).toMatchObject({ verdict: 'condition', stage: 'WARM' });
    expect(JSON.stringify(condition.detail)).toContain('amount');
    expect((await get(`/items/${small.item}`)).stage).toBe('NEW');
  });

  it('ties an answer by raw SMTP to the item of its thread, and takes it once', async () => {
    const { item, mail, messageId } = await sendOffer('Ewa', 2000);
    for (let times = 0; times < 2; times += 1) await answer('ewa@client.test', mail.subject, messageId);
    await until('the deal on TALKS', async () => (await get(`/items/${item}`)).stage === 'TALKS');
    const received = (await get(`/items/${item}/signals`)).data.filter(
      (one: { kind: string }) => one.kind === 'email.received',
    );
    expect(received).toHaveLength(1);
  });

  it('refuses mail for nobody here', async () => {
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: world.place.smtpPort, ignoreTLS: true });
    await expect(
      transport.sendMail({ from: 'a@b.test', to: 'someone@elsewhere.test', subject: 'x', text: 'x' }),
    ).rejects.toThrow(/550/);
    transport.close();
  });

  it('moves a deal by a webhook call that looks like the reference product', async () => {
    const { item } = await sendOffer('Paid', 2000);
    const { id: me } = await get('/me');
    const refused = await world.api(
      'POST',
      `/rest/${me}/wrong/crm.automation.trigger?target=DEAL_${item}&code=paid-outside`,
    );
    expect(refused).toMatchObject({ status: 403, body: { error: 'INVALID_CREDENTIALS' } });
    const called = await world.api(
      'GET',
      `/rest/${me}/${world.place.apiKey}/crm.automation.trigger.json?target=DEAL_${item}&code=paid-outside`,
    );
    expect(called.status).toBe(200);
    expect(called.body).toMatchObject({ result: true, time: { operating: expect.any(Number) } });
    await until('the deal on WON', async () => (await get(`/items/${item}`)).stage === 'WON');
  });

  it('takes a repeated signal once, and refuses a batch as a whole', async () => {
    const { item } = await sendOffer('Twice', 2000);
    const signal = { kind: 'webhook.called', item, sourceKey: 'once', payload: { code: 'nothing' } };
    const first = await world.api('POST', '/api/v1/signals', signal);
    expect(first.status).toBe(202);
    const second = await world.api('POST', '/api/v1/signals', signal);
    expect(second).toMatchObject({ status: 202, body: { id: first.body.id } });
    const batch = await world.api('POST', '/api/v1/signals', [
      { ...signal, sourceKey: 'b0' },
      { ...signal, kind: 'item.changed', sourceKey: 'b1' },
    ]);
    expect(batch.status).toBe(422);
    expect(batch.body.errors[0].path).toMatch(/^\[1\]/);
    const { data } = await get(`/items/${item}/signals`);
    expect(data.filter((one: { kind: string }) => one.kind === 'webhook.called')).toHaveLength(1);
  });
});

async function sendOffer(name: string, amount: number) {
  const address = `${name.toLowerCase()}@client.test`;
  const contact = (
    await world.api('POST', '/api/v1/contacts', { firstName: name, lastName: 'Client', emails: [address], phones: [] })
  ).body;
  const item = await world.api('POST', '/api/v1/items', {
    type: 'deal',
    pipeline: 'Outside',
    title: `Offer for ${name}`,
    amount,
    currency: 'EUR',
    contact: contact.id,
  });
  expect(item.status, JSON.stringify(item.body)).toBe(201);
  expect(item.body).toMatchObject({ type: 'deal', stage: 'NEW' });
  const subject = `The offer for ${name}`;
  const sent = await world.api('POST', `/api/v1/items/${item.body.id}/emails`, {
    subject,
    html: '<p>Here it is: <a href="https://shop.example/offer">the offer</a></p>',
    track: true,
  });
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
  const mail = await until('the e-mail in the sandbox', async () => {
    const { data } = await get('/sandbox/mail');
    return data.find((one: { to: unknown }) => JSON.stringify(one.to).includes(address));
  });
  return { item: item.body.id, mail, messageId: sent.body.messageId };
}

async function open(mail: { html: string }, userAgent: string): Promise<void> {
  const pixel = /https?:\/\/[^"']*(\/t\/o\/[^"']+\.gif)/.exec(mail.html)?.[1];
  if (pixel === undefined) throw new Error('the e-mail has no pixel');
  const response = await fetch(`${world.place.url}${pixel}`, { headers: { 'user-agent': userAgent } });
  expect(response.headers.get('content-type')).toBe('image/gif');
}

async function answer(from: string, subject: string, inReplyTo: string): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: world.place.smtpPort, ignoreTLS: true });
  const date = new Date('2026-02-03T09:00:00Z');
  await transport.sendMail({
    from,
    to: 'sales@sandbox.test',
    subject: `Re: ${subject}`,
    inReplyTo,
    text: 'Yes please.',
    messageId: '<answer@client.test>',
    date,
  });
  transport.close();
}

async function firstVerdict(item: number, kind: string) {
  const { data } = await get(`/items/${item}/signals`);
  const signal = data.find(
    (one: { kind: string; decidedAt: string | null }) => one.kind === kind && one.decidedAt !== null,
  );
  return signal?.verdicts[0];
}

async function get(route: string) {
  return (await world.api('GET', `/api/v1${route}`)).body;
}
