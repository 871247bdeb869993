import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../base/run.ts';

const bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.object({ name: z.string(), version: z.string(), purl: z.string() })),
});

it('npm run sbom tells what the product is made of, and nothing that only its tests need', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
    cwd: root,
    maxBuffer: 50_000_000,
  });
  const { components } = bill.parse(JSON.parse(stdout));
  const names = components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['fastify', 'pg', 'kysely', 'react']));
  expect(names.filter((name) => ['vitest', 'playwright-core', 'knip'].includes(name))).toEqual([]);
});
