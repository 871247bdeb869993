import { setupCode } from './api/setup/setup-code.ts';
import { startSignalbox } from './compose/start-signalbox.ts';
import { hasAccounts } from './people/accounts.store.ts';
import { type Config, ConfigError, loadConfig } from './platform/config/config.ts';
import { inSystem } from './platform/db.ts';
import { createLog } from './platform/log.ts';

/** A stop that takes longer is cut short: everything that matters is committed. */
const STOP_WITHIN_MS = 10_000;
const stopSignals = ['SIGTERM', 'SIGINT'] as const;
/** One Ctrl-C arrives twice: from the terminal, and handed on by npm's script. */
const SAME_WISH_MS = 1_000;

await start().catch((error: unknown) => {
  process.stderr.write(`${inWords(error)}\n`);
  process.exit(1);
});

async function start(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const early = stopEarly();
  const running = await startSignalbox(config, log);
  early.dismiss();
  stopOn(running.stop);
  process.stdout.write(`Signalbox is ready at ${config.publicUrl}\n`);
  // Only a word of welcome hangs on it: the database may have gone this moment.
  const known = await inSystem(running.context.databases.system, hasAccounts).catch(() => true);
  if (!known && config.roles.has('web')) process.stdout.write(firstAccount(config));
}

// After the # it is sent to no server and stands in no log.
function firstAccount(config: Config): string {
  const code = setupCode(config);
  return `There is no account yet. Make the first one here: ${config.publicUrl}/welcome#code=${code}
(or set SIGNALBOX_ADMIN_EMAIL and SIGNALBOX_ADMIN_PASSWORD). From another machine it asks for this code: ${code}\n`;
}

// Until everything has started there is nothing to finish.
function stopEarly() {
  const leave = () => process.exit(0);
  for (const signal of stopSignals) process.once(signal, leave);
  return {
    dismiss() {
      for (const signal of stopSignals) process.off(signal, leave);
    },
  };
}

function stopOn(stop: () => Promise<void>): void {
  let askedAt: number | null = null;
  const handle = () => {
    if (askedAt !== null) {
      // Asked again later: somebody is in a hurry.
      if (performance.now() - askedAt > SAME_WISH_MS) process.exit(1);
      return;
    }
    askedAt = performance.now();
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    void stop().then(() => process.exit(0));
  };
  for (const signal of stopSignals) process.on(signal, handle);
}

function inWords(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') return portInUse(error);
  return `Signalbox could not start: ${error.stack ?? error.message}`;
}

function portInUse(error: Error): string {
  const port = 'port' in error ? String(error.port) : 'it wants';
  return `Signalbox could not start: port ${port} is in use by another program. Stop that one, or choose another port: PORT=3001 npm start`;
}
