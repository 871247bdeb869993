import fs from 'node:fs';
import { makeDataDir } from '../outside/data-dir.ts';
import { choosePlace, startServer } from '../outside/server.ts';
import { furnish } from './furnish.ts';
import { playDay } from './play-day.ts';

const dataDir = makeDataDir('demo');
const port = process.env.PORT ?? '3000';
const chosen = await choosePlace(dataDir, {
  PORT: port,
  SIGNALBOX_ADMIN_EMAIL: undefined,
  SIGNALBOX_ADMIN_PASSWORD: undefined,
  SIGNALBOX_API_KEY: undefined,
});
const place = { ...chosen, url: `http://127.0.0.1:${port}` };
const server = await startServer(place);
const visitor = await furnish(place);
process.stdout.write(
  `Signalbox is ready at http://localhost:${port}\nSign in as ${visitor.email} with the password: ${visitor.password}\nClients are at work; stop with Ctrl-C, everything is thrown away.\n`,
);

let isOver = false;
const playing = playDay({ ...place, apiKey: visitor.apiKey }, () => isOver);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave());

async function leave(): Promise<void> {
  isOver = true;
  await server.stop();
  await playing.catch(() => {});
  fs.rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
