import { describe, expect, it } from 'vitest';
import { parsedLetter } from './testing-letters.ts';

const mail = async (...parts: readonly string[]) =>
  parsedLetter(
    ['Content-Type: multipart/mixed; boundary=bb'],
    [...parts.map((part) => `--bb\n${part}`), '--bb--'].join('\n'),
  );
const namesIn = async (...parts: readonly string[]) => (await mail(...parts)).attachments.map(({ name }) => name);
const pdf = (disposition: string) => `Content-Type: application/pdf\nContent-Disposition: ${disposition}\n\nx`;

describe('the name of a file in a mail', () => {
  it.each([
    [
      'of an enclosed mail is its subject',
      'Content-Type: message/rfc822\nContent-Disposition: attachment\n\nSubject: Inner =?utf-8?Q?=C5=BCaba?=\n\nx',
      'Inner żaba.eml',
    ],
    [
      'of an enclosed mail that was given one gets an ending',
      'Content-Type: message/rfc822; name="Re: Offer"\n\nSubject: x\n\nx',
      'Re_ Offer.eml',
    ],
    ['of an enclosed mail without a subject', 'Content-Type: message/rfc822\n\nFrom: a@b.test\n\nx', 'message.eml'],
    ['of a subject that no system takes', 'Content-Type: message/rfc822\n\nSubject: a/b: "c"?\n\nx', 'a_b_ _c__.eml'],
    ['of an unnamed PDF', 'Content-Type: application/pdf\n\nx', 'attachment.pdf'],
    ['of an unnamed picture', 'Content-Type: image/jpeg\nContent-ID: <p@x.test>\n\nx', 'attachment.jpeg'],
    ['of an empty encoded word', pdf('inline; filename="=?utf-8?b??="'), 'attachment.pdf'],
    ['of a PDF whose name has none', pdf('attachment; filename="Offer 7"'), 'Offer 7.pdf'],
    ['of Outlook, which gave no name', pdf('attachment; filename=ATT00001'), 'ATT00001.pdf'],
    [
      'of what nobody named, of no type',
      'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=noname\n\nx',
      'noname.bin',
    ],
    [
      'of a name of its own, of no type',
      'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=LICENSE\n\nx',
      'LICENSE',
    ],
    ['of an invitation', 'Content-Type: text/calendar; method=REQUEST\n\nx', 'invite.ics'],
    ['of a type that nobody knows', 'Content-Type: application/x-own-thing\n\nx', 'attachment.bin'],
    [
      'by RFC 2231, in pieces',
      pdf("attachment; filename*0*=UTF-8''za%C5%BC; filename*1*=%C3%B3%C5%82%C4%87.pdf"),
      'zażółć.pdf',
    ],
    [
      'in encoded words, against the rules',
      pdf('attachment; filename="=?utf-8?Q?za=C5=BC=C3=B3=C5=82=C4=87.pdf?="'),
      'zażółć.pdf',
    ],
    ['with quotes in it', pdf('attachment; filename="the \\"best\\" offer.pdf"'), 'the _best_ offer.pdf'],
    ['that turns the letters', pdf("attachment; filename*=UTF-8''offer%E2%80%AEfdp.exe"), 'offer[U+202E]fdp.exe'],
    ['in no type', 'Content-Type: ; name="a.jpg"\nContent-Disposition: attachment; filename="a.jpg"\n\nx', 'a.jpg'],
    ['in an empty type', 'Content-Type:\nContent-Disposition: attachment; filename="b.png"\n\nx', 'b.png'],
  ])('%s', async (_, part, expected) => {
    expect(await namesIn(part)).toEqual([expected]);
  });
});

describe('a Content-Type that says nothing', () => {
  it.each([
    'Content-Type:',
    'Content-Type: ;',
    'Content-Type: ; charset=utf-8',
    'Content-Type: text',
    'Content-Type: "',
  ])('is read as the text that stands there: %s', async (header) => {
    const { text, attachments } = await parsedLetter([header], 'hello');

    expect(text.trim()).toBe('hello');
    expect(attachments).toEqual([]);
  });
});

// Written as Outlook does: signature, key, then attributes of level, number, length, bytes and a sum.
function tnef(...attributes: readonly (readonly [level: number, id: number, data: Buffer])[]): Buffer {
  const written = attributes.map(([level, id, data]) => {
    const head = Buffer.alloc(9);
    head.writeUInt8(level, 0);
    head.writeUInt32LE(id, 1);
    head.writeUInt32LE(data.length, 5);
    return Buffer.concat([head, data, Buffer.alloc(2)]);
  });
  return Buffer.concat([Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]), ...written]);
}
function unicodeProperty(id: number, text: string): Buffer {
  const value = Buffer.from(`${text}\0`, 'utf16le');
  const head = Buffer.alloc(12);
  head.writeUInt16LE(0x1f, 0);
  head.writeUInt16LE(id, 2);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(value.length, 8);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
const one = Buffer.from([1, 0, 0, 0]);
const winmail = (packed: Buffer) =>
  `Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n${packed.toString('base64')}`;
const start = [2, 0x00069002, Buffer.alloc(14)] as const;

describe('winmail.dat', () => {
  it('gives its files, and its text where the mail has none', async () => {
    const packed = tnef(
      [1, 0x0002800c, Buffer.from('Body hidden in the Outlook part\0')],
      start,
      [2, 0x00018010, Buffer.from('offer.txt\0')],
      [2, 0x0006800f, Buffer.from('price 100 EUR')],
      start,
      [2, 0x00018010, Buffer.from('ZA~1.PDF\0')],
      [2, 0x00069005, Buffer.concat([one, unicodeProperty(0x3707, 'zażółć.pdf')])],
      [2, 0x0006800f, Buffer.from('%PDF')],
    );
    const email = await mail('Content-Type: text/plain\n\n', winmail(packed));

    expect(email.text).toBe('Body hidden in the Outlook part');
    expect(email.attachments.map(({ name, type, content }) => [name, type, content.toString()])).toEqual([
      ['offer.txt', 'text/plain', 'price 100 EUR'],
      ['zażółć.pdf', 'application/pdf', '%PDF'],
    ]);
  });

  it('leaves the words of the mail alone', async () => {
    const packed = tnef(
      [1, 0x0002800c, Buffer.from('Other\0')],
      start,
      [2, 0x00018010, Buffer.from('a.txt\0')],
      [2, 0x0006800f, Buffer.from('x')],
    );

    expect((await mail('Content-Type: text/plain\n\nMine', winmail(packed))).text.trim()).toBe('Mine');
  });

  it.each([
    ['is cut off', tnef([1, 0x0002800c, Buffer.from('Other\0')]).subarray(0, -6)],
    ['is none', Buffer.from('hello')],
    ['is empty', Buffer.alloc(0)],
    [
      'lies about its properties',
      tnef([1, 0x00069003, Buffer.from([255, 255, 255, 255, 0x1f, 0, 1, 0x37, 255, 255, 255, 255])]),
    ],
  ])('is kept as it came when it %s', async (_, packed) => {
    const { attachments } = await mail('Content-Type: text/plain\n\nMine', winmail(packed));

    expect(attachments).toMatchObject([{ name: 'winmail.dat', content: packed }]);
  });
});
