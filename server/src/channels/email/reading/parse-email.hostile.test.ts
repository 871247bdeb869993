import { describe, expect, it } from 'vitest';
import { readDeliveryReport } from '../classifying/delivery-report.ts';
import { readMimeParts } from './mime-parts.ts';
import { parseEmail } from './parse-email.ts';

// Long enough for any honest message here, short enough that a test does not wait for those that never end.
const DEADLINE_MS = 1_500;

const letter = (headers: string, body = 'hello') =>
  Buffer.from(`From: Eve <eve@evil.test>\r\nSubject: An offer\r\n${headers}\r\n\r\n${body}`);

const nested = (depth: number) => {
  const parts = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  );
  return Buffer.from(`From: Eve <eve@evil.test>\r\nSubject: An offer\r\n${parts.join('')}\r\nhello`);
};
const forwarded = (depth: number) => letter('Content-Type: message/rfc822\r\n\r\n'.repeat(depth));
const part = (head: string) => `--q\r\n${head}\r\n\r\nhello\r\n`;
const mixed = (parts: string) => letter('Content-Type: multipart/mixed; boundary=q', `${parts}--q--`);

describe('a message that is made to keep a reader busy is read all the same:', () => {
  it.each([
    ['containers 200 deep', nested(200)],
    ['containers 5,000 deep', nested(5_000)],
    ['messages in messages', forwarded(300)],
    ['thousands of parts', mixed(part('Content-Type: text/plain').repeat(5_000))],
    ['thousands of files', mixed(part('Content-Type: application/pdf').repeat(20_000))],
    [
      'a boundary that never comes',
      letter('Content-Type: multipart/mixed; boundary=never', '--other\r\n'.repeat(5_000)),
    ],
    ['a boundary of nothing', letter('Content-Type: multipart/mixed; boundary=""', '--\r\n'.repeat(5_000))],
    ['a type with endless blanks', letter(`Content-Type: text/plain;${' '.repeat(200_000)}x`)],
    ['a type with endless parameters', letter(`Content-Type: text/plain;${' a*1*=b;'.repeat(50_000)}`)],
    ['a header folded 200,000 times', letter(`X-Fold: y${'\r\n a'.repeat(200_000)}`)],
    ['200,000 headers', letter(`${'X-Many: y\r\n'.repeat(200_000)}X-Last: y`)],
    ['40,000 recipients', letter(`To: ${'"a" <b@c.test>, '.repeat(40_000)}`)],
    ['a subject that never begins', letter(`Subject: ${'=?a?q?'.repeat(50_000)}`)],
    ['flowed text', letter('Content-Type: text/plain; format=flowed', '> a \r\n'.repeat(200_000))],
    ['quoted blanks', letter('Content-Transfer-Encoding: quoted-printable', `${' \t'.repeat(200_000)}x`)],
    ['html in html', letter('Content-Type: text/html', '<div>'.repeat(200_000))],
    ['text that is all escapes', letter('Content-Type: text/plain; charset=iso-2022-jp', '\u001b$B'.repeat(200_000))],
    ['NUL everywhere', letter(`X-Nul: ${'\0'.repeat(1_000)}`, '\0'.repeat(100_000))],
    ['no header at all', Buffer.from('\r\n'.repeat(100_000))],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_, raw) => {
    const email = await parseEmail(raw, DEADLINE_MS);

    if (raw.includes('evil.test')) expect(email).toMatchObject({ from: { address: 'eve@evil.test' } });
    if (raw.includes('Subject: An offer')) expect(email.subject).toMatch(/^An offer|^=\?a/);
    expect([email.text, email.html, ...Object.values(email.headers)].join('').includes('\0')).toBe(false);
  });
});

it('reads the next message as if nothing had been', async () => {
  const hostile = letter(`X-Fold: y${'\r\n a'.repeat(200_000)}`);

  const [, , plain] = await Promise.all([
    parseEmail(hostile, DEADLINE_MS),
    parseEmail(hostile, DEADLINE_MS),
    parseEmail(letter('Content-Type: text/html', '<p>Dear <b>Anna</b></p>')),
  ]);

  expect(plain.text).toContain('Dear Anna');
});

it('looks quickly for the original in a report of blank lines', () => {
  const report = readMimeParts(letter('Content-Type: text/plain', `${'\n'.repeat(300_000)}Message-ID: <a@b.test>`));

  expect(readDeliveryReport(report).originalIds).toEqual(['<a@b.test>']);
});
