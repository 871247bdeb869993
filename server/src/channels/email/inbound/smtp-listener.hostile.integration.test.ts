import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letter } from '../reading/testing-letters.ts';
import { type MailHouse, openMailHouse, smtpClient } from '../testing-mail.ts';
import { type SmtpListener, startSmtpListener } from './smtp-listener.ts';

let house: MailHouse;
let listener: SmtpListener;

beforeAll(async () => {
  house = await openMailHouse();
  listener = await startSmtpListener(house.context, { host: '127.0.0.1', port: 0, maxBytes: 3_000_000 });
});
afterAll(async () => {
  await listener.close();
  await house.close();
});

const envelope = { from: 'eve@evil.test', to: ['sales@sandbox.test'] };
const deliver = async (raw: Buffer, to = envelope.to) => {
  const client = await smtpClient(listener.port);
  try {
    return await client.send(raw, { ...envelope, to });
  } finally {
    client.close();
  }
};
const counts = () =>
  house.rows<{
    signals: number;
    emails: number;
  }>(sql`select (select count(*)::int from signals) as signals, (select count(*)::int from emails) as emails,
    (select count(*)::int from email_attachments) as attachments`);
const plain = () => letter(['From: cleo@client.test', `Message-ID: <${crypto.randomUUID()}@client.test>`], 'Hello');

/** What a server that speaks raw lines is answered, line by line. */
async function speak(lines: readonly string[]): Promise<string[]> {
  const socket = net.connect(listener.port, '127.0.0.1');
  const heard: string[] = [];
  socket.setEncoding('latin1').on('data', (text: string) => heard.push(...text.trimEnd().split('\r\n')));
  socket.on('error', () => {});
  for (const line of ['', ...lines]) {
    const before = heard.length;
    if (line !== '') socket.write(line);
    const wanted = line.match(/^RCPT/gm)?.length ?? 1;
    for (let tries = 0; heard.length < before + wanted && tries < 250 && !socket.closed; tries += 1) await sleep(20);
  }
  socket.destroy();
  return heard;
}

describe('the SMTP door', () => {
  it('takes at most a hundred recipients at once, and the letter for them', async () => {
    const to = Array.from({ length: 150 }, (_, number) => `u${number}@sandbox.test`);
    const heard = await speak([
      'EHLO evil.test\r\n',
      'MAIL FROM:<eve@evil.test>\r\n',
      to.map((address) => `RCPT TO:<${address}>\r\n`).join(''),
    ]);

    expect(heard.filter((line) => line.startsWith('250 Accepted'))).toHaveLength(101);
    expect(heard.filter((line) => line.startsWith('452 4.5.3'))).toHaveLength(50);
    expect(await deliver(plain(), to.slice(0, 100))).toMatch(/^250 /);
  });

  it.each([
    ['a folded header', [`X-Fold: y${'\r\n a'.repeat(300_000)}`], 'hello'],
    ['an endless type', [`Content-Type: text/plain;${' '.repeat(500_000)}x`], 'hello'],
    [
      'thousands of files',
      ['Content-Type: multipart/mixed; boundary=q'],
      '--q\r\nContent-Type: a/b\r\n\r\nx\r\n'.repeat(5_000),
    ],
    [
      'blank lines in a report',
      ['Content-Type: multipart/report; report-type=delivery-status; boundary=q'],
      `--q\r\n\r\n${'\r\n'.repeat(300_000)}`,
    ],
  ])('keeps a letter of %s as it came, says 250 and goes on', async (name, headers, body) => {
    const before = await counts();
    const raw = letter(
      ['From: Eve <eve@evil.test>', `Subject: ${name}`, `Message-ID: <${crypto.randomUUID()}@evil.test>`, ...headers],
      body,
    );

    expect(await deliver(raw)).toMatch(/^250 /);
    expect(await deliver(raw)).toMatch(/^250 /);

    const [row] = await house.rows<{ subject: string; from_address: string; size: number }>(
      sql`select subject, from_address, length(raw) as size from emails order by id desc limit 1`,
    );
    expect(row).toMatchObject({ subject: name, from_address: 'eve@evil.test' });
    expect(Math.abs((row?.size ?? 0) - raw.length)).toBeLessThan(10);
    expect(await counts()).toMatchObject([{ signals: Number(before[0]?.signals) + 1 }]);
    expect(await deliver(plain())).toMatch(/^250 /);
  });

  it('ends a letter only where the standard says, so that none hides in another', async () => {
    const before = await counts();
    const hidden =
      'Hello\n.\nMAIL FROM:<boss@firm.test>\nRCPT TO:<sales@sandbox.test>\nDATA\nSubject: Hidden\n\nPay\n.\n';
    const heard = await speak([
      'EHLO evil.test\r\n',
      'MAIL FROM:<eve@evil.test>\r\n',
      'RCPT TO:<sales@sandbox.test>\r\n',
      'DATA\r\n',
      `From: eve@evil.test\r\nSubject: Outer\r\n\r\n${hidden}\r\n.\r\n`,
    ]);

    expect(heard.at(-1)).toMatch(/^250 /);
    expect(await counts()).toMatchObject([{ emails: Number(before[0]?.emails) + 1 }]);
  });

  it.each([
    ['a line that never ends', `EHLO ${'x'.repeat(100_000)}\r\n`, /^(421|5)/],
    ['bytes that are no command', '\xff\xfe\r\n', /^5/],
    ['a size that nobody sends', 'MAIL FROM:<a@b.test> SIZE=99999999999\r\n', /^5/],
    ['signing in', 'AUTH PLAIN AGEAYg==\r\n', /^5/],
    ['a recipient elsewhere', 'RCPT TO:<victim@elsewhere.test>\r\n', /^5/],
  ])('refuses %s', async (_, line, answer) => {
    const heard = await speak(['EHLO evil.test\r\n', line]);

    expect(heard.at(-1)).toMatch(answer);
    expect(await deliver(plain())).toMatch(/^250 /);
  });
});
