import { fork } from 'node:child_process';
import { on } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { House, Neighbours } from './neighbours.ts';

const script = fileURLToPath(new URL('./neighbours-process.ts', import.meta.url));
const neighbours: z.ZodType<Neighbours> = z.object({
  p99Ms: z.number(),
  p99WorkMs: z.number(),
  p99QueuedMs: z.number(),
  pace: z.number(),
  answered: z.number(),
  jobs: z.number(),
  slowestJobMs: z.number(),
  letters: z.number(),
});
const answers = z.union([z.object({ done: neighbours }), z.object({ failed: z.string() })]);

/** Neighbours in a process of their own, which begin and stop when they are told. */
export function inviteNeighbours(house: House) {
  const child = fork(script, { env: { PATH: process.env.PATH }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const heard = on(child, 'message', { close: ['exit'] });
  const hear = async (): Promise<unknown> => {
    const { value, done } = await heard.next();
    if (done) throw new Error('the neighbours have gone');
    return value[0];
  };
  return {
    async begin(): Promise<void> {
      child.send(house);
      await hear();
    },
    async stop(): Promise<Neighbours> {
      child.send('stop');
      const answer = answers.parse(await hear());
      if ('failed' in answer) throw new Error(answer.failed);
      return answer.done;
    },
    leave: () => void child.kill(),
  };
}
