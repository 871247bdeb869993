import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './root.mjs';

const file = path.join(cache, 'ensure.lock');

/** Two starts in one clone must not install into one folder at once; the second waits, then finds all done. */
export async function withLock(work) {
  fs.mkdirSync(cache, { recursive: true });
  let waited = false;
  while (!tryLock()) {
    if (!waited) process.stderr.write('signalbox: waiting for another start that is setting up this folder …\n');
    waited = true;
    await sleep(200);
  }
  process.on('exit', unlock);
  try {
    return await work();
  } finally {
    unlock();
  }
}

function tryLock() {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAlive(readHolder())) removeStale();
  return false;
}

function unlock() {
  if (readHolder() === process.pid) fs.rmSync(file, { force: true });
}

// An empty file is a lock being written this instant: as good as held, unless it has stayed so.
function readHolder() {
  try {
    const pid = Number(fs.readFileSync(file, 'utf8'));
    if (pid > 0) return pid;
    return Date.now() - fs.statSync(file).mtimeMs < 2000 ? process.pid : 0;
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !isZombie(pid);
}

// Dead, but never waited for: usual in containers.
function isZombie(pid) {
  try {
    return / Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, ''));
  } catch {
    return false;
  }
}

// Renamed before it is judged again: of two who found it stale, one could otherwise delete the other's new lock.
function removeStale() {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    if (isAlive(Number(fs.readFileSync(aside, 'utf8')))) fs.linkSync(aside, file);
  } catch {
    return;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}
