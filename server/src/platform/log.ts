import { type Logger, pino } from 'pino';
import pretty, { type PrettyStream } from 'pino-pretty';
import type { LogLevel } from './config.ts';

export type Log = Logger;

const secretPaths = ['authorization', 'cookie', 'password', 'secret', 'token', 'key'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.headers.${name}`,
]);

/** JSON lines; readable ones when a person watches the terminal. */
export function createLog(level: LogLevel): Log {
  const options = { level, base: undefined, redact: { paths: secretPaths, censor: '[hidden]' } };
  return process.stdout.isTTY ? pino(options, readable()) : pino(options);
}

/** For tests, and for tools whose output is something else. */
export const silentLog: Log = pino({ level: 'silent' });

function readable(): PrettyStream {
  return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' });
}
