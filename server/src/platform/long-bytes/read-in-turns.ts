import { ownTurn, SLICE_BYTES } from '../apart/breathe.ts';
import { joinInTurns } from './join-in-turns.ts';

/** So many bytes, slice by slice from where they are kept; everybody else has a turn between two. */
export async function readInTurns(
  size: number,
  read: (from: number, length: number) => Promise<Uint8Array>,
): Promise<Buffer> {
  const slices: Uint8Array[] = [];
  for (let from = 0; from < size; from += SLICE_BYTES) {
    if (from > 0) await ownTurn();
    slices.push(await read(from, Math.min(SLICE_BYTES, size - from)));
  }
  return joinInTurns(slices);
}
