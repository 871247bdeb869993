import { describe, expect, it } from 'vitest';
import { readDeliveryReport } from '../classifying/delivery-report.ts';
import { parseEmail } from './parse-email.ts';
import { deliveryReport, fromClient, letter, parsedLetter } from './testing-letters.ts';

describe('parseEmail', () => {
  it('reads sender, subject, ids and text', async () => {
    const email = await parsedLetter([
      'Subject: =?utf-8?Q?Zam=C3=B3wienie?=',
      'In-Reply-To: <a@x.test>',
      'References: <r@x.test> <a@x.test>',
    ]);

    expect(email).toMatchObject({
      messageId: '<1@client.test>',
      inReplyTo: '<a@x.test>',
      references: ['<r@x.test>', '<a@x.test>'],
      from: { address: 'cleo@client.test', name: 'Cleo Client' },
      to: ['sales@sandbox.test'],
      subject: 'Zamówienie',
      text: 'Hello.\n',
      html: null,
    });
  });

  it.each([
    ['no label', '', Buffer.from([0xe9]), 'é'],
    ['a label that lies', '; charset=utf-8', Buffer.from([0xb9, 0xe9]), '¹é'],
    ['windows-1250', '; charset=windows-1250', Buffer.from([0xb9]), 'ą'],
    ['a label nobody knows', '; charset=x-unknown', Buffer.from('ż'), 'ż'],
    ['iso-2022-jp', '; charset=iso-2022-jp', Buffer.from('\u001b$BG-\u001b(B'), '猫'],
  ])('reads text with %s', async (_, label, bytes, expected) => {
    const head = letter([...fromClient, `Content-Type: text/plain${label}`], '').subarray(0, -2);

    expect((await parseEmail(Buffer.concat([head, bytes]))).text.trim()).toBe(expected);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no header at all', Buffer.from('just words')],
    ['random bytes', Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 256))],
    [
      'a multipart without its boundary',
      letter([...fromClient, 'Content-Type: multipart/mixed; boundary=zzz'], 'words'),
    ],
    [
      'a bomb of nested parts',
      letter(
        [...fromClient, 'Content-Type: multipart/mixed; boundary=a'],
        '--a\nContent-Type: multipart/mixed; boundary=a\n\n'.repeat(5_000),
      ),
    ],
  ])('survives %s', (_, raw) => {
    expect(parseEmail(raw)).toMatchObject({ identity: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('reads encoded words in any charset, and raw bytes between them', async () => {
    const raw = Buffer.from(
      'From: =?windows-1250?Q?Zo=B6ka?= <z@client.test>\r\nSubject: =?x-unknown?B?xbw=?= \xe9\r\n\r\nx',
      'latin1',
    );

    expect(await parseEmail(raw)).toMatchObject({ subject: 'ż é', from: { name: 'Zo¶ka' } });
  });

  it('keeps nothing that PostgreSQL refuses', async () => {
    const email = await parsedLetter(['Subject: a\0b', 'X-Odd: \0'], 'x\0y');

    expect(JSON.stringify([email.subject, email.text, email.headers])).not.toContain('\\u0000');
  });

  it('keeps attachments with their names', async () => {
    const body =
      '--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: text/csv; name="a.csv"\nContent-Disposition: attachment; filename="a.csv"\n\n1,2\n--b--';
    const { text, attachments } = await parsedLetter(['Content-Type: multipart/mixed; boundary=b'], body);

    expect(text).toContain('See below.');
    expect(attachments).toMatchObject([{ name: 'a.csv', type: 'text/csv' }]);
  });
});

describe('the identity of a mail', () => {
  const headers = ['Date: Mon, 5 Jan 2026 10:00:00 +0000', 'Subject: Offer'];

  it('survives another way of delivery and another transfer encoding', async () => {
    const plain = await parsedLetter(headers, 'Dzień dobry');
    const relayed = await parsedLetter(
      ['Received: from a by b', ...headers, 'Content-Transfer-Encoding: base64'],
      Buffer.from('Dzień dobry').toString('base64'),
    );

    expect(relayed.identity).toBe(plain.identity);
  });

  it('differs with what an enclosed message says, and with bodies that only look like headers', async () => {
    const enclosing = (subject: string) =>
      parsedLetter(['Content-Type: message/rfc822'], `Subject: ${subject}\n\nsame`);
    const identities = await Promise.all([
      enclosing('one'),
      enclosing('two'),
      parseEmail(Buffer.from('{"a":1}')),
      parseEmail(Buffer.from('{"a":2}')),
    ]);

    expect(new Set(identities.map(({ identity }) => identity)).size).toBe(4);
  });

  it('differs with the body, the sender and the date', async () => {
    const identities = await Promise.all([
      parsedLetter(headers, 'one'),
      parsedLetter(headers, 'two'),
      parsedLetter(['Date: Tue, 6 Jan 2026 10:00:00 +0000'], 'one'),
      parseEmail(letter(['From: other@client.test', ...headers], 'one')),
    ]);

    expect(new Set(identities.map(({ identity }) => identity)).size).toBe(4);
  });
});

it('reads from a delivery report which mail came back, and why', async () => {
  const { root } = await parseEmail(deliveryReport({ originalId: '<offer@sandbox.test>' }));

  expect(readDeliveryReport(root)).toEqual({
    originalIds: ['<offer@sandbox.test>'],
    recipients: ['cleo@client.test'],
    action: 'failed',
    status: '5.1.1',
    diagnostic: 'smtp; 550 5.1.1 User unknown',
  });
});

it.each(['/', '/plain', '=?utf-8?q?text/plain?=', '"text/plain"', 'text;plain'])(
  'what calls itself %j is no type, and is shown as it is',
  (type) => {
    const { text, attachments } = parseEmail(Buffer.from(`From: a@b.test\r\nContent-Type: ${type}\r\n\r\nHello there`));
    expect({ text, attachments }).toEqual({ text: 'Hello there', attachments: [] });
  },
);
