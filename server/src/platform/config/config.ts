import fs from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { environment, type Role } from './environment.ts';

export type { LogLevel, Role } from './environment.ts';

export interface Config extends Omit<z.infer<typeof environment>, 'adminEmail' | 'adminPassword' | 'privateHosts'> {
  publicUrl: string;
  /** Channels may speak to this machine and to private networks. */
  privateHosts: boolean;
  roles: ReadonlySet<Role>;
  admin: { email: string; password: string } | undefined;
}

/** The folder of this clone: relative paths in the settings start here, wherever the program is started from. */
export const rootFolder = path.resolve(import.meta.dirname, '../../../..');

export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the environment, then `.env` for what the environment leaves unset. Throws ConfigError naming each variable. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, folder = rootFolder): Config {
  const given = withoutEmpty({ ...readDotEnv(folder), ...withoutEmpty(env) });
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describe));

  const { adminEmail, adminPassword, ...rest } = parsed.data;
  const publicUrl = rest.publicUrl ?? `http://localhost:${rest.port}`;
  return {
    ...rest,
    dataDir: path.resolve(folder, rest.dataDir),
    publicUrl,
    // Who tries Signalbox on their own machine has their mail server there, too.
    privateHosts: rest.privateHosts === undefined ? isOwnMachine(publicUrl) : rest.privateHosts === 'on',
    admin: adminEmail && adminPassword ? { email: adminEmail, password: adminPassword } : undefined,
  };
}

/** Is this where only programs of the same machine come to? */
export const isOwnMachine = (url: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

function readDotEnv(folder: string): NodeJS.Dict<string> {
  const file = path.join(folder, '.env');
  return fs.existsSync(file) ? parseEnv(fs.readFileSync(file, 'utf8')) : {};
}

// `PORT=` in a compose file means "not set".
function withoutEmpty(env: NodeJS.Dict<string>): NodeJS.Dict<string> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

function describe(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.') || 'environment'}: ${issue.message}`;
}
