import { describe, expect, it } from 'vitest';
import { letter } from '../reading/testing-letters.ts';
import { letterReader } from './read-letter.ts';

const asker = (who: string) => ({ workspace: 1, who, lane: 'strangers' }) as const;
const raw = (headers: readonly string[], body: string) => letter(headers, body);
const plain = raw(['From: eve@evil.test', 'Subject: An offer', 'Content-Type: text/html'], '<p>Dear <b>Anna</b></p>');
const words = raw(['From: eve@evil.test', 'Subject: An offer'], 'words '.repeat(100_000));

describe('a letter that is read apart', () => {
  it('comes back with what it is and without the tree it was read from', async () => {
    const read = await letterReader()({ raw: plain, envelopeFrom: 'eve@evil.test' }, asker('eve'));
    expect(read).toMatchObject({
      email: { unreadable: null, subject: 'An offer', text: expect.stringContaining('Dear Anna') },
      classified: { classification: 'person' },
      report: undefined,
    });
    expect(read.email).not.toHaveProperty('root');
  });

  it('keeps the bytes of its files', async () => {
    const file = raw(
      ['From: eve@evil.test', 'Content-Type: multipart/mixed; boundary=q'],
      '--q\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nAP8=\n--q--\n',
    );
    const read = await letterReader()({ raw: file, envelopeFrom: '' }, asker('eve'));
    expect(read.email.attachments).toMatchObject([{ name: 'a.pdf', content: Buffer.from([0, 255]) }]);
  });

  it('that takes too long is kept and shown as it is, and the next is read as if nothing had been', async () => {
    const hurried = letterReader({ deadlineMs: 0 });
    const [late, next] = await Promise.all([
      hurried({ raw: words, envelopeFrom: undefined }, asker('eve')),
      letterReader()({ raw: plain, envelopeFrom: undefined }, asker('adam')),
    ]);
    expect(late.email).toMatchObject({
      ...{ unreadable: 'too-long', from: { address: 'eve@evil.test' }, subject: 'An offer' },
      text: expect.stringContaining('words words'),
    });
    expect(next.email).toMatchObject({ unreadable: null, text: expect.stringContaining('Dear Anna') });
  });

  it('of one sender is told to come again when too many of theirs wait', async () => {
    const read = letterReader();
    const answers = await Promise.allSettled(
      Array.from({ length: 80 }, () => read({ raw: plain, envelopeFrom: '' }, asker('flood'))),
    );
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(19);
  });
});
