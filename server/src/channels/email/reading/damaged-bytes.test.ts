import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../decoding/decode.ts';
import { decodeHeader } from '../decoding/encoded-words.ts';
import { parseEmail } from './parse-email.ts';
import { letter } from './testing-letters.ts';

const polish = 'Zażółć gęślą jaźń. Proszę o ofertę na łódź.';
const utf8 = (text: string) => Buffer.from(text);
const cut = (text: string) => utf8(text).subarray(0, -1);
const word = (bytes: Buffer, label = 'utf-8') => `=?${label}?B?${bytes.toString('base64')}?=`;

describe('one bad byte costs one letter', () => {
  it.each([
    ['UTF-8 cut at the end', cut(`${polish} ż`), `${polish} \ufffd`],
    [
      'UTF-8 cut at the end, before the last line end',
      Buffer.concat([cut(`${polish} ż`), utf8('\r\n')]),
      `${polish} \ufffd\r\n`,
    ],
    ['UTF-8 cut in the middle', Buffer.concat([cut('cena 5 €'), utf8(` ${polish}`)]), `cena 5 \ufffd ${polish}`],
    [
      'a stray byte of Latin-1',
      Buffer.concat([utf8(polish), Buffer.from(' café ', 'latin1'), utf8(polish)]),
      `${polish} café ${polish}`,
    ],
    [
      'several stray bytes',
      Buffer.concat([utf8(polish), Buffer.from('\xab\xe9\xe8\xe0!', 'latin1')]),
      `${polish}«éèà!`,
    ],
    [
      'a line of Latin-1 between lines of UTF-8',
      Buffer.concat([utf8(`${polish}\n`), Buffer.from('Größe für Jürgen\n', 'latin1'), utf8(polish)]),
      `${polish}\nGröße für Jürgen\n${polish}`,
    ],
    ['an overlong letter', Buffer.concat([utf8(`${polish}\n`), Buffer.from([0xc0, 0xaf])]), `${polish}\nÀ¯`],
    ['nothing but Latin-1', Buffer.from('caf\xe9', 'latin1'), 'café'],
    [
      'an emoji cut in half',
      Buffer.concat([utf8('Tak ✓ '), utf8('🚀').subarray(0, 2), utf8(' dalej')]),
      'Tak ✓ \ufffd dalej',
    ],
  ])('%s', (_, bytes, expected) => {
    expect(decodeText(bytes, 'utf-8')).toBe(expected);
    expect(decodeText(bytes, undefined)).toBe(expected);
  });

  it.each([
    ['iso-8859-1', 'Zażółć gęślą – 5 €', 'Zażółć gęślą – 5 €'],
    ['windows-1252', 'Ação é café', 'Ação é café'],
    ['ISO-8859-15', 'Größe für Jürgen', 'Größe für Jürgen'],
  ])('in UTF-8 though they are labelled %s', (charset, text, expected) => {
    expect(decodeText(utf8(text), charset)).toBe(expected);
    expect(decodeText(iconv.encode('Größe Ü«CAFÉ»', 'win1252'), charset)).toBe('Größe Ü«CAFÉ»');
    expect(decodeText(iconv.encode('CAFÉ»', 'win1252'), charset)).toBe('CAFÉ»');
  });

  it.each([
    ['gb2312', '您好，我想询问一下产品的价格和交货时间，谢谢。'],
    ['big5', '您好，我想詢問一下產品的價格和交貨時間，謝謝。'],
    ['shift_jis', 'お世話になっております。お見積りをお願いいたします。'],
    ['euc-kr', '안녕하세요. 제품 가격과 배송 시간을 알고 싶습니다.'],
  ])('in %s too', (charset, text) => {
    const bytes = Buffer.concat([iconv.encode(text, charset), Buffer.from([0xff]), utf8(' ok')]);

    expect(decodeText(bytes, charset).replace(/[^\p{L}\p{P}\s]/gu, '')).toBe(
      `${text.replace(/[^\p{L}\p{P}\s]/gu, '')} ok`,
    );
  });

  it('in subjects, senders and file names', () => {
    const raw = letter(
      [
        `From: ${word(cut('Łukasz Ż'))} <l@client.test>`,
        `Subject: ${word(cut(`${polish} ż`))}`,
        'Content-Type: multipart/mixed; boundary=b',
      ],
      [
        `--b\nContent-Type: application/pdf; name="${word(Buffer.concat([utf8('umowa łódź '), Buffer.from([0xe9]), utf8('.pdf')]))}"\n\nx`,
        "--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=UTF-8''za%C5%BC%C3%B3%C5%82%C4.pdf\n\nx",
        '--b--',
      ].join('\n'),
    );
    const email = parseEmail(raw);

    expect(email).toMatchObject({ subject: `${polish} \ufffd`, from: { name: 'Łukasz \ufffd' } });
    expect(email.attachments.map(({ name }) => name)).toEqual(['umowa łódź é.pdf', 'zażół\u00c4.pdf']);
  });

  it('a letter that begins in one encoded word and ends in the next is whole', () => {
    const bytes = utf8('łódź');

    expect(decodeHeader(`${word(bytes.subarray(0, 1))}\r\n ${word(bytes.subarray(1))}`)).toBe('łódź');
    expect(decodeHeader('=?utf-8?Q?=C5?= =?UTF-8?Q?=82=C3=B3d=C5=BA?=')).toBe('łódź');
  });
});

describe('raw bytes in headers have the charset that the mail declares', () => {
  const texts: readonly (readonly [string, string, string])[] = [
    ['windows-1251', 'Договор для Ивана', 'Договор'],
    ['koi8-r', 'Договор для Ивана', 'Иван'],
    ['gb2312', '询价单', '李明'],
    ['gb2312', '联通', '联通'],
    ['big5', '詢價單許功蓋', '許功蓋'],
    ['iso-8859-2', 'Zażółć gęślą jaźń', 'RÓŻA'],
    ['shift_jis', 'お問い合わせ', '表計算ソフト'],
    ['euc-kr', '견적 문의', '홍길동'],
    ['windows-1253', 'Προσφορά', 'Άννα'],
  ];

  it.each(texts)('%s: %s, %s', (charset, subject, name) => {
    const raw = (text: string) => iconv.encode(text, charset).toString('latin1');
    const head = `From: ${raw(name)} <s@client.test>\r\nSubject: ${raw(subject)}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n`;
    const parts = [
      `--b\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n${raw(subject)}\r\n`,
      `--b\r\nContent-Type: application/pdf; name="${raw(name)}.pdf"\r\nContent-Disposition: attachment; filename="${raw(name)}.pdf"\r\n\r\nx\r\n--b--`,
    ];
    const email = parseEmail(Buffer.from(`${head}${parts.join('')}`, 'latin1'));

    expect(email).toMatchObject({
      subject,
      from: { name, address: 's@client.test' },
      attachments: [{ name: `${name}.pdf` }],
    });
    expect(email.text.trim()).toBe(subject);
  });

  it('that only the HTML itself declares', () => {
    const raw = (text: string) => iconv.encode(text, 'win1250').toString('latin1');
    const html = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1250"></head>${raw('Żółw')}`;
    const email = parseEmail(
      Buffer.from(`From: a@b.test\r\nSubject: ${raw('Źródło')}\r\nContent-Type: text/html\r\n\r\n${html}`, 'latin1'),
    );

    expect(email).toMatchObject({ subject: 'Źródło', text: 'Żółw' });
  });

  it.each([
    ['UTF-8 in a mail that declares another', 'windows-1251', 'Договор для Ивана'],
    ['UTF-8 in a mail that declares a Chinese one', 'gb2312', '询价单'],
    ['UTF-8 in a mail that declares nothing', '', 'Zażółć'],
  ])('but not %s', (_, charset, subject) => {
    const type = charset === '' ? 'text/plain' : `text/plain; charset=${charset}`;

    expect(parseEmail(letter([`Subject: ${subject}`, `Content-Type: ${type}`])).subject).toBe(subject);
  });
});

describe('encoded words are read however they are broken', () => {
  it.each([
    [
      'with a question mark inside',
      '=?ISO-8859-1?Q?Anfrage 4711: K=F6nnen Sie liefern??=',
      'Anfrage 4711: Können Sie liefern?',
    ],
    ['with a question mark before an encoded sign', '=?utf-8?Q?Really?=3F_Yes?=', 'Really?? Yes'],
    ['with blanks inside', '=?utf-8?Q?Two words?=', 'Two words'],
    ['with a language', '=?utf-8*pl?Q?Cze=C5=9B=C4=87?=', 'Cześć'],
    ['next to plain words', 'Re: =?utf-8?Q?=C5=BC?= (x) =?utf-8?Q?=C4=85?=!', 'Re: ż (x) ą!'],
    ['of nothing', 'a =?utf-8?B??= b', 'a  b'],
    ['that never ends', '=?utf-8?Q?abc', '=?utf-8?Q?abc'],
    ['in a charset nobody knows', '=?x-none?Q?=C5=BC?=', 'ż'],
    ['whose label is another', '=?us-ascii?Q?=C5=BC?=', 'ż'],
  ])('%s', (_, source, expected) => {
    expect(decodeHeader(source)).toBe(expected);
  });
});

describe('a byte order mark', () => {
  const head = 'From: Anna <anna@client.test>\r\nSubject: Zażółć\r\n\r\nhello';

  it.each([
    ['of UTF-8', utf8(`\ufeff${head}`)],
    ['of UTF-16', Buffer.from(`\ufeff${head}`, 'utf16le')],
    ['of UTF-16, the other way round', Buffer.from(`\ufeff${head}`, 'utf16le').swap16()],
    ['after an empty line', utf8(`\ufeff\r\n${head}`)],
  ])('%s before the first header is none of it', (_, raw) => {
    const email = parseEmail(raw);

    expect(email).toMatchObject({ from: { address: 'anna@client.test' }, subject: 'Zażółć' });
    expect(email.text.trim()).toBe('hello');
  });
});
