import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from './base/run.ts';
import { fileOf, importsOf, packageOf } from './imports.ts';
import { isTest, type Source, workspaces } from './sources.ts';

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** Packages used without an import: from a configuration, by another package that asks for them, or by their path. */
const usedByName: readonly string[] = [
  // @tiptap/react and @mantine/dates ask for them.
  '@tiptap/pm',
  'dayjs',
  // The build's configuration names them.
  'postcss',
  'postcss-preset-mantine',
  // Its script is read and put into a page.
  'axe-core',
];

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Dependencies of the workspaces that nothing imports, and those of the product that only its tests import. */
export function unusedDependencies(sources: readonly Source[]): string[] {
  return workspaces.flatMap((workspace) => {
    const own = sources.filter(({ file }) => file.startsWith(`${workspace}/`));
    if (own.length === 0) return [];
    const text = fs.readFileSync(path.join(root, workspace, 'package.json'), 'utf8');
    return unusedIn(manifest.parse(JSON.parse(text)), own).map((fault) => `${workspace}/package.json: ${fault}`);
  });
}

export function unusedIn({ dependencies, devDependencies }: Manifest, sources: readonly Source[]): string[] {
  const imported = packagesOf(sources);
  const inProduct = packagesOf(sources.filter(({ file }) => !isTest(file)));
  const counted = (names: object) =>
    Object.keys(names).filter((name) => !usedByName.includes(name) && !name.startsWith('@types/'));
  return [
    ...counted(dependencies)
      .filter((name) => !imported.has(name))
      .map((name) => `nothing imports ${name}`),
    ...counted(dependencies)
      .filter((name) => imported.has(name) && !inProduct.has(name))
      .map((name) => `only tests import ${name}: it belongs in devDependencies`),
    ...counted(devDependencies)
      .filter((name) => !imported.has(name))
      .map((name) => `nothing imports ${name}`),
  ];
}

function packagesOf(sources: readonly Source[]): Set<string> {
  return new Set(
    sources.flatMap((source) => importsOf(source).map(({ specifier }) => packageMeant(specifier, source.file))),
  );
}

/** A relative path into another workspace means that workspace's package. */
function packageMeant(specifier: string, file: string): string {
  return specifier.startsWith('.') ? `@signalbox/${fileOf(specifier, file)?.split('/')[0]}` : packageOf(specifier);
}
