import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmail, parsePlainly } from './parse-email.ts';

const identityOf = (raw: string | Buffer) => parseEmail(Buffer.from(raw)).identity;
const named = 'Message-ID: <1@client.test>\r\nFrom: a@client.test\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n';
// Lines may end in different ways on the way.
const asLines = (bytes: Uint8Array) =>
  Buffer.from(bytes).toString('latin1').replace(/\r\n?/g, '\n').replace(/\n+$/, '');
const all = (raws: readonly string[]) => new Set(raws.map(identityOf)).size;

describe('different mails are never one', () => {
  it.each([
    ['only a subject', ['Subject: First\r\n\r\n', 'Subject: Second\r\n\r\n', 'Subject: Third\r\n\r\n']],
    [
      'no Message-ID',
      ['1', '2', '3'].map((number) => `From: a@client.test\r\nDate: x\r\nX-Order: ${number}\r\n\r\nsame`),
    ],
    [
      'no Date',
      ['1', '2'].map((number) => `Message-ID: <1@client.test>\r\nFrom: a@client.test\r\nSubject: ${number}\r\n\r\n`),
    ],
    [
      'an empty From',
      ['1', '2'].map((number) => `Message-ID: <1@client.test>\r\nFrom:\r\nDate: x\r\nTo: ${number}@x.test\r\n\r\n`),
    ],
    [
      'lines that end with a bare CR',
      ['1', '2'].map((number) => `From: mac@client.test\rSubject: Order ${number}\r\rSend ${number}\r`),
    ],
    ['no header', ['just words', 'other words', 'just words ', '']],
    [
      'a body that decodes to nothing',
      ['!!!', '???'].map((body) => `${named}Content-Transfer-Encoding: base64\r\n\r\n${body}`),
    ],
    [
      'parts beyond those that are read',
      ['x', 'y'].map(
        (last) =>
          `${named}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\na\r\n'.repeat(600)}--b\r\n\r\n${last}\r\n--b--`,
      ),
    ],
    [
      'parts deeper than those that are read',
      ['x', 'y'].map(
        (last) =>
          `${named}${Array.from({ length: 20 }, (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`).join('')}\r\n${last}`,
      ),
    ],
  ])('with %s', (_, raws) => {
    expect(all(raws)).toBe(raws.length);
  });

  it('whatever their bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        fc.pre(asLines(one) !== asLines(other));

        expect(identityOf(Buffer.from(one))).not.toBe(identityOf(Buffer.from(other)));
      }),
    );
  });

  it('nor do those differ that were delivered twice, with what servers write above them', () => {
    const raw = 'Subject: First\r\n\r\n';
    const trace = 'Return-Path: <a@client.test>\r\nReceived: from a by b;\r\n\tMon, 5 Jan 2026 10:00:00 +0000\r\n';

    expect(all([raw, `${trace}${raw}`, raw.replaceAll('\r', ''), `${raw}\r\n`])).toBe(1);
    expect(parsePlainly(Buffer.from(raw), 'failed').identity).toBe(
      parsePlainly(Buffer.from(`${trace}${raw}`), 'failed').identity,
    );
  });
});

describe('what a mail without line feeds says', () => {
  it.each([
    ['bare CR', '\r'],
    ['CR, CR, LF', '\r\r\n'],
    ['LF', '\n'],
    ['CR, LF', '\r\n'],
  ])('is read when its lines end with %s', (_, end) => {
    const lines = [
      'From: Mac 1 <mac@client.test>',
      'Subject: Order',
      ' of 5',
      'Content-Type: multipart/mixed; boundary=b',
      '',
    ];
    const parts = [
      '--b',
      'Content-Type: text/plain',
      '',
      'Please send',
      'five.',
      '--b',
      'Content-Type: text/csv; name="a.csv"',
      '',
      '1,2',
      '--b--',
      '',
    ];
    const email = parseEmail(Buffer.from([...lines, ...parts].join(end)));

    expect(email).toMatchObject({ from: { address: 'mac@client.test', name: 'Mac 1' }, subject: 'Order of 5' });
    expect(email.text.split(/\s+/).join(' ').trim()).toBe('Please send five.');
    expect(email.attachments.map(({ name, content }) => [name, content.toString().trim()])).toEqual([['a.csv', '1,2']]);
  });
});
