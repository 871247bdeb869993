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

interface Warning {
  /** By which those that are left out are counted. */
  readonly kind: string;
  readonly words: string;
}

interface Warned {
  warn(fields: object, words: string): void;
}

export type Warn = (log: Warned, fields: object, warning: Warning) => void;

/** Warnings of what strangers can make happen as often as they like: so many lines a minute, then how many were left out of each kind. */
export function createWarner({ linesAMinute = 60, minuteMs = 60_000 } = {}): Warn {
  let lines = 0;
  let isCounting = false;
  const leftOut = new Map<string, number>();

  function endMinute(log: Warned): void {
    if (leftOut.size > 0) log.warn({ leftOut: Object.fromEntries(leftOut) }, 'more happened than is written down');
    [lines, isCounting] = [0, false];
    leftOut.clear();
  }

  return (log, fields, { kind, words }) => {
    if (!isCounting) setTimeout(() => endMinute(log), minuteMs).unref();
    isCounting = true;
    lines += 1;
    if (lines <= linesAMinute) log.warn(fields, words);
    else leftOut.set(kind, (leftOut.get(kind) ?? 0) + 1);
  };
}

function readable(): PrettyStream {
  return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' });
}

// A lost connection's error carries the whole client, its password and buffers included.
function withoutClient(error: Error): object {
  const { client: _client, ...rest } = stdSerializers.err(error);
  return rest;
}
