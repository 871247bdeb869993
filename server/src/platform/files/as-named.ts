import { open } from 'node:fs/promises';
import { UserError } from '../errors.ts';

// What a file is tells its beginning; what it is called is the word of whoever sent it.

/** How many bytes tell what a file is. */
const HEAD_BYTES = 4_096;

type Test = (head: Buffer) => boolean;

const begins =
  (...signs: readonly string[]): Test =>
  (head) =>
    signs.some((sign) => head.subarray(0, sign.length).toString('latin1') === sign);
const at =
  (place: number, ...signs: readonly string[]): Test =>
  (head) =>
    signs.some((sign) => head.subarray(place, place + sign.length).toString('latin1') === sign);
const both =
  (...tests: readonly Test[]): Test =>
  (head) =>
    tests.every((test) => test(head));
// Some programs write a few bytes before it, and readers take that.
const pdf: Test = (head) => head.subarray(0, 1_024).toString('latin1').includes('%PDF-');
const zip = begins('PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08');
const ole = begins('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1');
const program = begins('MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '\xce\xfa\xed\xfe', '\xca\xfe\xba\xbe');
// Without a mark of UTF-16 no text holds a zero.
const plainText: Test = (head) => !program(head) && (begins('\xff\xfe', '\xfe\xff')(head) || !head.includes(0));

const png = begins('\x89PNG\r\n\x1a\n');
const jpeg = begins('\xff\xd8\xff');
const gif = begins('GIF87a', 'GIF89a');
const webp = both(begins('RIFF'), at(8, 'WEBP'));
const mpeg4 = at(4, 'ftyp', 'moov', 'mdat', 'free', 'wide');
const mp3: Test = (head) => begins('ID3')(head) || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0);

const either =
  (...tests: readonly Test[]): Test =>
  (head) =>
    tests.some((test) => test(head));
const tiff = begins('II*\0', 'MM\0*');
// Phones and messengers call pictures by each other's endings.
const picture = either(png, jpeg, gif, webp, begins('BM'), tiff, at(4, 'ftyp'));
// With a password it is kept in the container of old.
const office = either(zip, ole);

const byEnding: Readonly<Record<string, Test>> = {
  ...{ png: picture, gif: picture, webp: picture, avif: picture, jpg: picture, jpeg: picture, jpe: picture },
  ...{ bmp: picture, tif: picture, tiff: picture, heic: picture, pdf, zip },
  ...{ docx: office, xlsx: office, pptx: office, docm: office, xlsm: office, odt: zip, ods: zip, odp: zip, epub: zip },
  // A table that a program calls a workbook is often text, and opens as one.
  ...{ doc: (head) => ole(head) || begins('{\\rtf')(head), ppt: ole, msg: ole, rtf: begins('{\\rtf') },
  ...{ gz: begins('\x1f\x8b'), tgz: begins('\x1f\x8b'), '7z': begins("7z\xbc\xaf'\x1c"), rar: begins('Rar!\x1a\x07') },
  ...{ mp4: mpeg4, m4a: mpeg4, mov: mpeg4, mp3, wav: both(begins('RIFF'), at(8, 'WAVE')), ogg: begins('OggS') },
  ...{ txt: plainText, csv: plainText, tsv: plainText, json: plainText, xml: plainText, md: plainText },
  ...{
    yaml: plainText,
    yml: plainText,
    html: plainText,
    htm: plainText,
    svg: plainText,
    eml: plainText,
    ics: plainText,
  },
  vcf: plainText,
};
/** Types that browsers are told; by all others a file is only saved. */
const byType: Readonly<Record<string, Test>> = {
  ...{
    'image/png': picture,
    'image/jpeg': picture,
    'image/gif': picture,
    'image/webp': picture,
    'image/avif': picture,
  },
};

interface Named {
  readonly name: string;
  readonly type?: string | undefined;
}

/** Whether it may be what name and type say; an ending that is not known says nothing, and nothing is what an empty file is. */
export function isAsNamed({ name, type = '' }: Named, head: Buffer): boolean {
  if (head.length === 0) return true;
  const ending = /\.([a-z0-9]+)$/.exec(name.trim().toLowerCase())?.[1] ?? '';
  const tests = [own(byEnding, ending), own(byType, type.split(';')[0]?.trim().toLowerCase() ?? '')];
  return tests.every((test) => test === undefined || test(head));
}

/** 422 for a file that is something else than it is called. */
export async function checkAsNamed(file: string, named: Named): Promise<void> {
  if (!isAsNamed(named, await readHead(file))) throw notAsNamed();
}

function own(tests: Readonly<Record<string, Test>>, key: string): Test | undefined {
  return Object.hasOwn(tests, key) ? tests[key] : undefined;
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function notAsNamed(): UserError {
  const detail = 'The content of the file is not what its name or its type says';
  return new UserError({ status: 422, code: 'not-as-named', title: 'Not what its name says', detail });
}
