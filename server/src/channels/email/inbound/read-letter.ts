import { apartInPieces, GaveUp } from '../../../platform/apart/apart.ts';
import type { Asker } from '../../../platform/apart/turns.ts';
import { joinInTurns } from '../../../platform/long-bytes/join-in-turns.ts';
import type { LetterWork, ReadLetter, work } from './letter-work.ts';

const DEADLINE_MS = 10_000;
const letterWork = new URL('./letter-work.ts', import.meta.url);

interface ToRead extends LetterWork {
  readonly raw: Uint8Array;
}

export type ReadingApart = (letter: ToRead, asker: Asker) => Promise<ReadLetter>;

/**
 * Any bytes become a message, and nothing else stands still meanwhile: reading has a process of its own, and an end. What it does not
 * finish is read plainly, and says so (`unreadable`). Throws GaveUp when so much waits that it has to come again.
 */
export function letterReader({ deadlineMs = DEADLINE_MS } = {}): ReadingApart {
  const read = reading(deadlineMs);
  const readPlainly = reading(DEADLINE_MS);
  return async (letter, asker) => {
    try {
      return await read(letter, asker);
    } catch (error) {
      if (!(error instanceof GaveUp) || error.why === 'busy') throw error;
      const plainly = error.why === 'late' ? 'too-long' : 'failed';
      return readPlainly({ ...letter, plainly }, asker);
    }
  };
}

function reading(deadlineMs: number): ReadingApart {
  const run = apartInPieces<typeof work>(letterWork, { deadlineMs });
  return async ({ raw, ...input }, asker) => {
    const slices: Uint8Array[] = [];
    const { email, files, ...read } = await run({ input, bytes: raw, take: (slice) => slices.push(slice) }, asker);
    const bytes = await joinInTurns(slices);
    let at = 0;
    const attachments = files.map(({ size, ...file }) => {
      at += size;
      return { ...file, content: bytes.subarray(at - size, at) };
    });
    return { ...read, email: { ...email, attachments } };
  };
}
