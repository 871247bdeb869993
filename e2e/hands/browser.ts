import fs from 'node:fs';
import path from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';

// No telephoning home, no first-run pages; no sandbox since containers rarely allow one.
const flags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const cache = path.resolve(import.meta.dirname, '../../.cache/chromium');
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium that comes as an npm package; one of the machine's if that does not run here. */
export const launchBrowser = (): Promise<Browser> => withChromium((options) => chromium.launch(options));

/** The same as a server: several processes can be connected to it, each with what it opened there and nothing of the others. */
export const serveBrowser = (): Promise<BrowserServer> => withChromium((options) => chromium.launchServer(options));

async function withChromium<T>(launch: (options: LaunchOptions) => Promise<T>): Promise<T> {
  try {
    return await launch({ executablePath: await unpackedChromium(), args: flags });
  } catch (error) {
    const executablePath = installed.find((file) => fs.existsSync(file));
    if (executablePath === undefined) throw error;
    return launch({ executablePath, args: flags });
  }
}

// Unpacked aside and renamed: test files start browsers at the same time.
async function unpackedChromium(): Promise<string> {
  const executable = path.join(cache, 'chromium');
  if (fs.existsSync(executable)) return executable;

  const draft = `${cache}.${process.pid}`;
  fs.mkdirSync(draft, { recursive: true });
  await withTemporaryFolder(draft, () => sparticuz.executablePath());
  try {
    fs.renameSync(draft, cache);
  } catch (error) {
    fs.rmSync(draft, { recursive: true });
    if (!fs.existsSync(executable)) throw error;
  }
  return executable;
}

// The package unpacks to the temporary folder of the machine and nowhere else.
async function withTemporaryFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
