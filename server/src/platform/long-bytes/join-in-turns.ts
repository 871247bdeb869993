import { createBreather, SLICE_BYTES } from '../apart/breathe.ts';

/** As `Buffer.concat`, but everybody else has a turn between two slices. The list is emptied, so that nothing is held twice. */
export async function joinInTurns(chunks: Uint8Array[]): Promise<Buffer> {
  const breathe = createBreather({ everyMs: 0 });
  const joined = Buffer.allocUnsafeSlow(chunks.reduce((sum, { length }) => sum + length, 0));
  let [at, copied] = [0, 0];
  for (const [index, chunk] of chunks.entries()) {
    for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
      const slice = chunk.subarray(from, from + SLICE_BYTES);
      joined.set(slice, at);
      at += slice.length;
      if (at - copied < SLICE_BYTES) continue;
      copied = at;
      await breathe();
    }
    chunks[index] = nothing;
  }
  chunks.length = 0;
  return joined;
}

const nothing = new Uint8Array();

/** All that a stream brings. */
export async function joinStream(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return joinInTurns(chunks);
}
