import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const sources = readdirSync(root, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }));

it.each([
  ['the clock', /Date\.now|new Date\(\)|DateTime\.(now|local|utc)\(\)|performance\./],
  ['chance', /Math\.random|crypto\./],
  ['timers', /\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/],
  ['the machine', /from 'node:|\bprocess\.|\bfetch\(/],
  ['the engine’s own regular expressions for users’ patterns', /new RegExp\(/],
])('nothing here uses %s', (_what, forbidden) => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter(({ text }) => forbidden.test(text)).map(({ path }) => path)).toEqual([]);
});

it('deciding and scheduling are synchronous', () => {
  const engine = sources.filter(({ path }) => path.startsWith('engine'));
  expect(engine.filter(({ text }) => /\b(async|await|Promise)\b/.test(text)).map(({ path }) => path)).toEqual([]);
});
