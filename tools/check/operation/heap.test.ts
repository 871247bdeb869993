import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heapFlags } from '../../ensure/heap.mjs';
import { root } from '../base/run.ts';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-heap-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('the heap of the server', () => {
  it.each([
    [512, 256],
    [2_048, 512],
    [24_000, 640],
  ])('of a machine with %i MB is %i MB', (memoryMb, heapMb) => {
    expect(heapFlags({}, { folder, memoryMb })).toEqual([`--max-old-space-size=${heapMb}`]);
  });

  it.each([
    ['2048', 2_048],
    ['', 640],
    ['10', 640],
    ['much', 640],
  ])('with HEAP_MB=%s is %i MB', (HEAP_MB, heapMb) => {
    expect(heapFlags({ HEAP_MB }, { folder, memoryMb: 24_000 })).toEqual([`--max-old-space-size=${heapMb}`]);
  });

  it('is what .env says, where the environment says nothing', () => {
    const own = fs.mkdtempSync(path.join(folder, 'own-'));
    fs.writeFileSync(path.join(own, '.env'), '# HEAP_MB=300\nPORT=4000\nHEAP_MB="1024"\n');
    expect(heapFlags({}, { folder: own, memoryMb: 24_000 })).toEqual(['--max-old-space-size=1024']);
    expect(heapFlags({ HEAP_MB: '800' }, { folder: own, memoryMb: 24_000 })).toEqual(['--max-old-space-size=800']);
  });

  it('is left to who sets it for Node', () => {
    expect(heapFlags({ NODE_OPTIONS: '--max_old_space_size=900' }, { folder })).toEqual([]);
  });

  it.each(['npm start', 'the image'])('is bounded where %s starts the server', (who) => {
    const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    const image = /^CMD (.*)$/m.exec(fs.readFileSync(path.join(root, 'Dockerfile'), 'utf8'))?.[1] ?? '[]';
    const command: string = who === 'npm start' ? scripts.start : JSON.parse(image).join(' ');
    expect(command).toMatch(/^node tools\/ensure\.mjs --web server\/src\/main\.ts$/);
    expect(limitOf({ HEAP_MB: '300' })).toBeLessThan(limitOf({ HEAP_MB: '600' }));
    // Young objects have 192 of their own.
    expect(limitOf({})).toBeLessThanOrEqual(640 + 192);
  });
});

// In megabytes, told by the server's process before the server begins.
function limitOf(env: NodeJS.ProcessEnv): number {
  const tell = `import v8 from 'node:v8'; if (process.argv[1]?.endsWith('main.ts')) { process.stdout.write(String(v8.getHeapStatistics().heap_size_limit)); process.exit(); }`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(tell)}`;
  const args = ['tools/ensure.mjs', 'server/src/main.ts'];
  const said = execFileSync(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_OPTIONS, ...env },
  });
  return Number(said) / 1_048_576;
}
