import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listTroubles } from '../../../platform/config/troubles.ts';
import { type Certified, makeAuthority } from '../../../platform/net/testing-certificates.ts';
import { type SmtpListener, startSmtpListener } from '../inbound/smtp-listener.ts';
import { type MailHouse, openMailHouse } from '../testing-mail.ts';
import { loadDoorTls } from './certificate.ts';

const house: MailHouse = await openMailHouse();
afterAll(() => house.close());

const HOST = 'mx.corp.test';
const authority = makeAuthority('Corp');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-renewal-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const files = { cert: path.join(folder, 'cert.pem'), key: path.join(folder, 'key.pem') };
const put = ({ cert, key }: Certified) => {
  fs.writeFileSync(files.cert, cert);
  fs.writeFileSync(files.key, key);
};
const issue = (until = 30) => authority.issue({ host: HOST, until, from: -60 });

let listener: SmtpListener;
let seconds = 0;
let first: Certified;
beforeEach(async () => {
  // Certificates are made for days from now.
  house.clock.set(new Date());
  first = issue();
  put(first);
  const given = loadDoorTls({ smtpTls: files, dataDir: folder }, house.clock.now());
  listener = await startSmtpListener(house.context, {
    ...{ host: '127.0.0.1', port: 0, tls: given, nowMs: () => seconds * 1_000 },
  });
});
afterEach(() => listener.close());

/** What a mail server that delivers is shown, a while later. */
async function shown(): Promise<{ cert: string; isTrusted: boolean; why: string }> {
  seconds += 2;
  const socket = net.connect(listener.port, '127.0.0.1');
  const heard = async (what: RegExp) => {
    let text = '';
    while (!what.test(text))
      text += await new Promise<string>((go) => socket.once('data', (chunk) => go(String(chunk))));
  };
  await heard(/^220 /m);
  socket.write('EHLO peer.test\r\n');
  await heard(/^250 /m);
  socket.write('STARTTLS\r\n');
  await heard(/^220 /m);
  const secure = tls.connect({ socket, ca: authority.cert, servername: HOST, rejectUnauthorized: false });
  await new Promise<void>((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
  const { raw } = secure.getPeerCertificate();
  const answer = {
    cert: raw.toString('base64'),
    isTrusted: secure.authorized,
    why: String(secure.authorizationError ?? ''),
  };
  secure.destroy();
  return answer;
}

const bytesOf = ({ cert }: Certified) => cert.replace(/-----[^-]+-----|\s/g, '');
const why = () => listTroubles(house.context.databases);

/** What stands in the administrator's bell about it, once there are so many lines. */
async function bell(count: number): Promise<string[]> {
  const read = () =>
    house.fixture.inside((tx) => tx.selectFrom('notifications').select('text').orderBy('id').execute());
  const texts = async () => (await read()).map(({ text }) => text).filter((text) => text.includes('certificate'));
  await expect.poll(async () => (await texts()).length).toBe(count);
  return texts();
}
const later = (days: number) => house.clock.set(new Date(Date.now() + days * 86_400_000));

describe('the certificate of SMTP_TLS_CERT', () => {
  it('is the new one as soon as its files are, without a restart', async () => {
    expect(await shown()).toMatchObject({ cert: bytesOf(first), isTrusted: true });
    const second = issue();
    put(second);
    expect(await shown()).toMatchObject({ cert: bytesOf(second), isTrusted: true });
    expect(why()).toEqual([]);
  });

  it.each<[string, () => void, RegExp]>([
    ['has ended already', () => put(issue(-1)), /The new certificate of SMTP_TLS_CERT is not used: it ended on \d{4}-/],
    ['is nothing that can be read', () => put({ cert: 'x', key: 'y' }), /not used: /],
    ['is gone', () => fs.rmSync(files.cert), /not used: .*ENOENT/],
    ['has another key', () => put({ ...issue(), key: first.key }), /not used: SMTP_TLS_KEY is the key of another one/],
    ['begins later', () => put(authority.issue({ host: HOST, from: 3, until: 9 })), /not used: it begins on \d{4}-/],
  ])('goes on when the new one %s, which is told until it is mended', async (_, spoil, words) => {
    spoil();
    expect(await shown()).toMatchObject({ cert: bytesOf(first), isTrusted: true });
    expect(why()).toEqual([expect.stringMatching(words)]);
    const mended = issue();
    put(mended);
    expect(await shown()).toMatchObject({ cert: bytesOf(mended), isTrusted: true });
    expect(why()).toEqual([]);
  });

  it('that ends is told, also when nothing new is there', async () => {
    house.clock.set(new Date(Date.now() + 31 * 86_400_000));
    await shown();
    expect(why()).toEqual([expect.stringMatching(/^The certificate of SMTP_TLS_CERT ended on \d{4}-\d\d-\d\d$/)]);
    house.clock.set(new Date());
    await shown();
    expect(why()).toEqual([]);
  });

  it('stands in the bell of the administrators, once a day', async () => {
    await house.fixture.inside((tx) => tx.deleteFrom('notifications').execute());
    await shown();
    later(24);
    await shown();
    expect(await bell(1)).toEqual([expect.stringMatching(/^The certificate for incoming mail ends on \d{4}-/)]);
    // What else is wrong on the same day is told by /healthz alone, also after a restart.
    fs.rmSync(files.cert);
    await shown();
    await listener.close();
    put(issue(30));
    const given = loadDoorTls({ smtpTls: files, dataDir: folder }, new Date());
    listener = await startSmtpListener(house.context, {
      ...{ host: '127.0.0.1', port: 0, tls: given, nowMs: () => seconds * 1_000 },
    });
    await shown();
    later(31);
    await shown();
    expect(await bell(2)).toEqual([
      expect.anything(),
      expect.stringMatching(/^The certificate for incoming mail ended on \d{4}-/),
    ]);
  });
});
