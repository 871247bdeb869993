import { z } from 'zod';
import { startNeighbours } from './neighbours.ts';

// Neighbours live elsewhere: what an attack costs the attacker's own process does not make them wait.

const told = z.union([
  z.literal('stop'),
  z.object({
    place: z.object({
      dataDir: z.string(),
      url: z.string(),
      smtpPort: z.number(),
      apiKey: z.string(),
      environment: z.record(z.string(), z.string().optional()),
    }),
    contact: z.number(),
    pid: z.number(),
  }),
]);

let working: ReturnType<typeof startNeighbours> | undefined;

process.on('message', async (message) => {
  const wish = told.parse(message);
  if (wish === 'stop') process.send?.(await resultOf(working));
  else {
    working = startNeighbours(wish);
    process.send?.('begun');
  }
});

async function resultOf(one: typeof working): Promise<object> {
  try {
    return { done: await one?.stop() };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
