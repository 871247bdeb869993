import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { filePartOf } from './file-part.ts';

const contentType = 'multipart/form-data; boundary=x';
const part = (name: string, content: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\nContent-Type: audio/wav\r\n\r\n${content}\r\n`;
const formOf = (pieces: Iterable<string>) => ({ contentType, body: Readable.from(pieces), limitBytes: 1_000_000 });

it('finds the file among other parts', async () => {
  const file = await filePartOf(formOf([part('other', 'no'), part('file', 'yes'), '--x--\r\n']));
  expect(await text(file)).toBe('yes');
});

it.each([
  ['part that is no file', part('other', '')],
  ['head', '--x\r\n'],
])('is not held by a %s without end', async (_, head) => {
  let taken = 0;
  const endless = function* () {
    yield head.replace(/\r\n$/, '');
    for (;;) {
      taken += 1_000;
      yield 'a'.repeat(1_000);
    }
  };
  await expect(filePartOf(formOf(endless()))).rejects.toMatchObject({
    status: expect.toSatisfy((n) => n === 413 || n === 400),
  });
  expect(taken).toBeLessThan(2_000_000);
});

it.each([
  ['no file', [part('other', 'no'), '--x--\r\n'], 'no-file'],
  ['no end', [part('other', 'no')], 'broken-form'],
])('refuses a form with %s', async (_, pieces, code) => {
  await expect(filePartOf(formOf(pieces))).rejects.toMatchObject({ code });
});

describe('a file that has begun to be read', () => {
  const begin = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
  it('fails for whoever reads when its sender is gone', async () => {
    const body = new PassThrough();
    body.write(`${begin}${'a'.repeat(1_000)}`);
    const file = await filePartOf({ contentType, body, limitBytes: 1_000_000 });
    body.destroy(new Error('reset'));
    await expect(text(file)).rejects.toThrow('reset');
  });

  it.each([
    ['has no end', ['half'], 'form'],
    ['passes the limit', Array.from({ length: 2_000 }, () => 'a'.repeat(1_000)), 'at most 1 MB'],
  ])('fails for whoever reads when it %s', async (_, pieces, words) => {
    const file = await filePartOf(formOf([begin, ...pieces]));
    await expect(text(file)).rejects.toThrow(words);
  });

  it('is the first of two', async () => {
    const file = await filePartOf(formOf([part('file', 'one'), part('file', 'two'), '--x--\r\n']));
    expect(await text(file)).toBe('one');
  });
});
