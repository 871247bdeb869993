import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** The operating system's user that PostgreSQL runs as; it refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

/** Undefined when we are not root: then PostgreSQL runs as ourselves. */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return findAccount('signalbox') ?? findAccount('postgres') ?? createAccount();
}

function findAccount(name: string): Account | undefined {
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

// Debian's command, then BusyBox's.
const commands = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'signalbox'],
  ['adduser', '-S', '-D', '-H', '-s', '/bin/false', 'signalbox'],
] as const;

function createAccount(): Account {
  for (const [command, ...args] of commands) {
    const account = tryCreate(command, args);
    if (account) return account;
  }
  throw new Error(
    'PostgreSQL refuses to run as root and no user `signalbox` could be made; run Signalbox as another user',
  );
}

function tryCreate(command: string, args: readonly string[]): Account | undefined {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return findAccount('signalbox');
}

/** Whether the account may pass through every folder above and including this one, judged by the mode bits. */
export function mayReach(account: Account, folder: string): boolean {
  const parent = folder.slice(0, folder.lastIndexOf('/')) || '/';
  const mayPass = (fs.statSync(folder).mode & passBit(account, fs.statSync(folder))) !== 0;
  return mayPass && (folder === '/' || mayReach(account, parent));
}

function passBit(account: Account, { uid, gid }: fs.Stats): number {
  if (uid === account.uid) return 0o100;
  return gid === account.gid ? 0o010 : 0o001;
}
