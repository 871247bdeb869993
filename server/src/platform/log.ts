import { destination, type Logger, pino, stdSerializers } from 'pino';
import pretty, { type PrettyStream } from 'pino-pretty';
import type { LogLevel } from './config/config.ts';

export type Log = Logger;

const secretPaths = ['authorization', 'cookie', 'password', 'secret', 'token', 'key'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.headers.${name}`,
]);

/** JSON lines; readable ones when a person watches the terminal. */
export function createLog(level: LogLevel): Log {
  const redact = { paths: secretPaths, censor: '[hidden]' };
  const options = { level, base: undefined, redact, serializers: { err: withoutClient } };
  return pino(options, process.stdout.isTTY ? readable() : lines());
}

function lines() {
  const output = destination(1);
  // On a full disk lines are lost; what writes them goes on.
  output.on('error', () => {});
  return output;
}

/** For tests, and for tools whose output is something else. */
export const silentLog: Log = pino({ level: 'silent' });

function readable(): PrettyStream {
  return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' });
}

// A lost connection's error carries the whole client, its password and buffers included.
function withoutClient(error: Error): object {
  const { client: _client, ...rest } = stdSerializers.err(error);
  return rest;
}
