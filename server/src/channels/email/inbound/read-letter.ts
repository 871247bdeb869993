import { apart, GaveUp } from '../../../platform/apart/apart.ts';
import type { Asker } from '../../../platform/apart/turns.ts';
import type { LetterWork, ReadLetter, work } from './letter-work.ts';

const DEADLINE_MS = 10_000;
const letterWork = new URL('./letter-work.ts', import.meta.url);

export type ReadingApart = (work: LetterWork, asker: Asker) => Promise<ReadLetter>;

/**
 * Any bytes become a message, and nothing else stands still meanwhile: reading has a process of its own, and an end. What it does not
 * finish is read plainly, and says so (`unreadable`). Throws GaveUp when so much waits that it has to come again.
 */
export function letterReader({ deadlineMs = DEADLINE_MS } = {}): ReadingApart {
  const read = apart<typeof work>(letterWork, { deadlineMs });
  const readPlainly = apart<typeof work>(letterWork, { deadlineMs: DEADLINE_MS });
  return async (work, asker) => {
    try {
      return withBuffers(await read(work, asker));
    } catch (error) {
      if (!(error instanceof GaveUp) || error.why === 'busy') throw error;
      const plainly = error.why === 'late' ? 'too-long' : 'failed';
      return withBuffers(await readPlainly({ ...work, plainly }, asker));
    }
  };
}

// On the way between processes a Buffer becomes the bytes that it is.
function withBuffers({ email, ...read }: ReadLetter): ReadLetter {
  const attachments = email.attachments.map(({ content, ...file }) => ({
    ...file,
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  }));
  return { ...read, email: { ...email, attachments } };
}
