import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** For tests: does what it is told. */
export async function work({ how, letters = 0 }: { readonly how: string; readonly letters?: number }): Promise<string> {
  if (how === 'throws') throw new Error('as it was told');
  if (how === 'reads a file') fs.readFileSync('/etc/hostname');
  if (how === 'writes a file') fs.writeFileSync('/tmp/signalbox-apart-wrote', how);
  if (how === 'looks for secrets') return Object.keys(process.env).join(' ');
  if (how === 'sleeps') await sleep(60_000);
  if (how === 'ends') process.exit(3);
  for (const turns = how === 'turns for ever' ? [0] : []; turns[0] !== undefined; turns[0] += 1);
  if (how === 'fills its memory') for (const all: object[] = []; ; ) all.push(new Array(1_000).fill(how));
  return 'x'.repeat(letters);
}
