import path from 'node:path';
import { isTest } from './sources.ts';

/** A source file with what it imports, as dependency-cruiser reports it; paths from the clone's root. */
export interface Module {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

/** Rooms still held together by each other. Only to become shorter. */
const exceptions: readonly string[] = [
  'automation/src/kit/definitions',
  'automation/src/kit/settings',
  'automation/src/kit/templates',
  'server/src/automation/drain',
  'server/src/automation/moves',
  'server/src/automation/running',
  'server/src/automation/visits',
  'web/src/app',
  'web/src/app/routes',
  'web/src/features/automation',
  'web/src/features/automation/save',
];

/**
 * Folders that hold each other, however long the way round; what only tests import does not count. dependency-cruiser
 * has a rule for it, which cannot leave the tests out.
 */
export function folderCircles(modules: readonly Module[], excused = exceptions): string[] {
  const uses = usesOf(modules);
  const reach = new Map([...uses.keys()].map((folder) => [folder, reached(uses, folder)]));
  const circled = [...uses.keys()].filter((folder) => reach.get(folder)?.has(folder));
  const unneeded = excused.filter((folder) => !circled.includes(folder));
  return [
    ...circled
      .filter((folder) => !excused.includes(folder))
      .map((folder) => `${folder} is in a circle of folders: ${wayRound(uses, reach, folder)}`),
    ...unneeded.map((folder) => `${folder}: needs no exception any more`),
  ];
}

function usesOf(modules: readonly Module[]): Map<string, Map<string, string>> {
  const uses = new Map<string, Map<string, string>>();
  for (const { source, dependencies } of modules.filter((module) => isCounted(module.source))) {
    const folder = path.posix.dirname(source);
    const used = uses.get(folder) ?? new Map<string, string>();
    uses.set(folder, used);
    for (const { resolved } of dependencies) {
      const other = path.posix.dirname(resolved);
      if (isCounted(resolved) && other !== folder) used.set(other, `${source} → ${resolved}`);
    }
  }
  return uses;
}

function isCounted(file: string): boolean {
  return /\.tsx?$/.test(file) && !file.startsWith('node_modules/') && !isTest(file);
}

function reached(uses: ReadonlyMap<string, ReadonlyMap<string, string>>, from: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [...(uses.get(from)?.keys() ?? [])];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    waiting.push(...(uses.get(folder)?.keys() ?? []));
  }
  return seen;
}

/** The imports that lead out of a folder towards folders that lead back to it. */
function wayRound(
  uses: ReadonlyMap<string, ReadonlyMap<string, string>>,
  reach: ReadonlyMap<string, ReadonlySet<string>>,
  folder: string,
): string {
  return [...(uses.get(folder) ?? [])]
    .filter(([other]) => reach.get(other)?.has(folder))
    .map(([, example]) => `\n    ${example}`)
    .join('');
}
