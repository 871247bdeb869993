import { describe, expect, it } from 'vitest';
import { readDeliveryReport } from '../classifying/delivery-report.ts';
import { readMimeParts } from '../decoding/mime-parts.ts';
import { parseEmail } from './parse-email.ts';

/** Processor time that no message here may need, however busy the machine is; honest ones of this size need a hundredth. */
const MOST_MS = 3_000;

function timed<T>(work: () => T): { result: T; ms: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1_000 };
}

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

const subjectOf = (word: string, times: number) =>
  Buffer.from(`From: Eve <eve@evil.test>\r\nSubject: An offer ${`${word}\r\n `.repeat(times)}\r\n\r\nhello`);
const pieces = (count: number) => Array.from({ length: count }, (_, number) => `;\r\n filename*${number}=a`).join('');

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
    ['a subject of 4,000 encoded words', subjectOf('=?utf-8?B?RGllIGhlacOfZSBaeXBlcm5zb25uZQ==?=', 4_000)],
    ['a subject of 2 MB of encoded words', subjectOf('=?utf-8?Q?Z=C3=B6?=', 100_000)],
    ['encoded words that never end', subjectOf('=?utf-8?Q?a?=3D', 60_000)],
    ['encoded words in ever new charsets', subjectOf('=?koi8-r?B?4Q==?= =?gbk?B?4Q==?=', 20_000)],
    ['a sender of 500 kB', letter(`From: ${'=?utf-8?Q?A?= '.repeat(40_000)}<eve@evil.test>`)],
    ['a sender of one endless word', letter(`From: ${'=?utf-8?B?'.repeat(100_000)}`)],
    ['a receiver of one endless word', letter(`To: ${'a.'.repeat(500_000)}@b.test`)],
    ['references without end', letter(`References: ${'<a@b.test> '.repeat(100_000)}`)],
    ['a file name in 20,000 pieces', mixed(part(`Content-Disposition: attachment${pieces(20_000)}`))],
    ['dashes in base64', letter('Content-Transfer-Encoding: base64', '-'.repeat(1_000_000))],
    ['dashes in a multipart', letter('Content-Type: multipart/mixed; boundary=-', '-'.repeat(1_000_000))],
    ['lines of dashes', letter('Content-Type: multipart/mixed; boundary=-', '--\n'.repeat(300_000))],
    [
      'a boundary of 100 kB',
      letter(`Content-Type: multipart/mixed; boundary=${'-'.repeat(100_000)}`, '--\n'.repeat(99_999)),
    ],
    ['bare CRs', Buffer.from(`From: Eve <eve@evil.test>\rSubject: An offer\r\r${'\r'.repeat(1_000_000)}`)],
    [
      'CRs before each LF',
      Buffer.from(`From: Eve <eve@evil.test>\nSubject: An offer\n\n${'\r\r\r\n'.repeat(300_000)}`),
    ],
    ['half letters', Buffer.concat([letter('X-A: b', ''), Buffer.alloc(1_000_000, 0xc5)])],
    [
      'letters of two charsets by turns',
      Buffer.concat([letter('X-A: b', ''), Buffer.alloc(1_000_000, '\u017c\xe9', 'latin1')]),
    ],
    ['blockquotes', letter('Content-Type: text/html', '<blockquote>'.repeat(80_000))],
    ['blockquotes with words', letter('Content-Type: text/html', '<blockquote>word word'.repeat(40_000))],
    ['tables in tables', letter('Content-Type: text/html', '<table><tr><td>'.repeat(40_000))],
    ['entities', letter('Content-Type: text/html', '&amp;&#x1F600;&notin'.repeat(50_000))],
    ['attributes without end', letter('Content-Type: text/html', `<a ${'x="y" '.repeat(200_000)}>`)],
    ['tags that never end', letter('Content-Type: text/html', '<a <b '.repeat(200_000))],
    [
      'a report in a report',
      letter('Content-Type: multipart/report; boundary=q', '--q\nContent-Type: message/rfc822\n\n'.repeat(20_000)),
    ],
  ])('%s', (_, raw) => {
    const { result: email, ms } = timed(() => parseEmail(raw));

    expect(ms).toBeLessThan(MOST_MS);
    if (raw.includes('evil.test')) expect(email).toMatchObject({ from: { address: 'eve@evil.test' } });
    if (raw.includes('Subject: An offer')) expect(email.subject).toMatch(/^An offer|^=\?a/);
    expect([email.text, email.html, ...Object.values(email.headers)].join('').includes('\0')).toBe(false);
  });
});

it('looks quickly for the original in a report of blank lines', () => {
  const report = readMimeParts(letter('Content-Type: text/plain', `${'\n'.repeat(300_000)}Message-ID: <a@b.test>`));

  expect(readDeliveryReport(report).originalIds).toEqual(['<a@b.test>']);
});
