import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeDataDir } from '../config/secrets.ts';
import { type Account, mayReach, postgresAccount } from './account.ts';
import { type Binaries, findBinaries, sharedFolder } from './binaries.ts';

export interface Cluster {
  /** Belongs to PostgreSQL's user: the data, the log, the socket, who owns the server. */
  home: string;
  data: string;
  account: Account | undefined;
  binaries: Binaries;
}

/** Finds the cluster of this data folder, or makes one. Never touches one that is there. */
export async function locateCluster(
  dataDir: string,
  password: string,
  onNotice: (text: string) => void,
): Promise<Cluster> {
  makeDataDir(dataDir);
  const account = postgresAccount();
  const binaries = findBinaries(account);
  const at = (home: string): Cluster => ({ home, data: path.join(home, 'cluster'), account, binaries });

  const known = readPointer(dataDir);
  if (known !== undefined) return checked(at(known), dataDir);
  if (account === undefined || mayReach(account, fs.realpathSync(dataDir))) {
    return initialised(at(path.join(fs.realpathSync(dataDir), 'postgres')), password);
  }
  const elsewhere = await initialised(at(path.join(sharedFolder, randomBytes(6).toString('hex'))), password);
  const home = writePointer(dataDir, elsewhere.home);
  onNotice(`PostgreSQL cannot reach ${dataDir}, so the database is kept in ${home}`);
  return at(home);
}

const pointerOf = (dataDir: string) => path.join(dataDir, 'postgres-location');

function readPointer(dataDir: string): string | undefined {
  const file = pointerOf(dataDir);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : undefined;
}

// Of two first starts at once the first pointer wins.
function writePointer(dataDir: string, home: string): string {
  try {
    fs.writeFileSync(pointerOf(dataDir), `${home}\n`, { flag: 'wx' });
    return home;
  } catch (error) {
    const winner = readPointer(dataDir);
    if (winner === undefined) throw error;
    fs.rmSync(home, { recursive: true });
    return winner;
  }
}

function checked(cluster: Cluster, dataDir: string): Cluster {
  if (fs.existsSync(cluster.data)) return cluster;
  throw new Error(
    `The database of ${dataDir} was in ${cluster.home} and is gone. Bring it back, or delete ${pointerOf(dataDir)} to begin with an empty one.`,
  );
}

async function initialised(cluster: Cluster, password: string): Promise<Cluster> {
  if (fs.existsSync(cluster.data)) return cluster;

  fs.mkdirSync(cluster.home, { recursive: true });
  giveTo(cluster.account, cluster.home, 0o700);
  const draft = `${cluster.data}.${process.pid}`;
  await initdb(cluster, draft, password);
  try {
    fs.renameSync(draft, cluster.data);
  } catch (error) {
    fs.rmSync(draft, { recursive: true });
    if (!fs.existsSync(cluster.data)) throw error;
  }
  return cluster;
}

async function initdb({ binaries, account, home }: Cluster, data: string, password: string): Promise<void> {
  const passwordFile = path.join(home, `password.${process.pid}`);
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(account, passwordFile, 0o600);
  // The built-in locale sorts alike on every machine; lists for people name an ICU collation.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--username=signalbox', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  try {
    await promisify(execFile)(binaries.initdb, [`--pgdata=${data}`, ...locale, ...access], { ...account, cwd: home });
  } finally {
    fs.rmSync(passwordFile);
  }
}

function giveTo(account: Account | undefined, file: string, mode: number): void {
  fs.chmodSync(file, mode);
  if (account) fs.chownSync(file, account.uid, account.gid);
}
