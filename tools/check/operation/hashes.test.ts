import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../base/run.ts';

const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      link: z.boolean().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
    }),
  ),
});
const sha512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

describe('what is fetched', () => {
  const { packages } = lock.parse(JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')));
  const fetched = Object.entries(packages).filter(([place, { link }]) => place.includes('node_modules/') && !link);

  it('has a hash each, which npm compares, and no address of its own', () => {
    expect(fetched.length).toBeGreaterThan(300);
    expect(fetched.filter(([, { integrity }]) => !sha512.test(integrity ?? '')).map(([place]) => place)).toEqual([]);
    expect(fetched.flatMap(([, { resolved }]) => resolved ?? [])).toEqual([]);
  });

  it('is installed from that list alone, without running scripts of packages', () => {
    const install = fs.readFileSync(path.join(root, 'tools/ensure/install.mjs'), 'utf8');
    expect(install).toContain("['ci']");
    expect(install).toContain("'--ignore-scripts'");
  });

  it('in the place of an older Node has the hash that stands here, on all but macOS', () => {
    const modern = fs.readFileSync(path.join(root, 'tools/ensure/modern-node.mjs'), 'utf8');
    const said = [...modern.matchAll(/'((?:linux|darwin|win32)-\w+)': \{([^}]*)\}/g)].map(([, platform, text = '']) => {
      const [, integrity] = /integrity: '([^']+)'/.exec(text) ?? [];
      return [platform, sha512.test(integrity ?? '')];
    });
    expect(Object.fromEntries(said)).toEqual({
      ...{ 'linux-x64': true, 'linux-arm64': true, 'win32-x64': true, 'darwin-arm64': false },
    });
  });
});
