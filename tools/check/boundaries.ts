import fs from 'node:fs';
import path from 'node:path';
import { root, run } from './base/run.ts';
import { sourceFiles } from './base/source-files.ts';
import { crowdedFolders } from './crowded-folders.ts';
import { cruise, sourceFolders } from './cruise.ts';
import { checkDrawing } from './drawing.ts';
import { folderCircles } from './folder-circles.ts';
import { hiddenCasts } from './hidden-casts.ts';
import { migrationNumbers } from './migration-numbers.ts';
import { checkRulesTable } from './rules-table.ts';
import { readSources } from './sources.ts';
import { sqlOutsideStores } from './sql-outside-stores.ts';
import { unusedDependencies } from './unused-dependencies.ts';

/** The import picture of docs/architecture.md, as .dependency-cruiser.cjs has it, its drawing there, and the rooms. */
export async function checkBoundaries(): Promise<boolean> {
  const { modules, summary } = await cruise();
  for (const { rule, from, to } of summary.violations) console.log(`${rule.name}\n    ${from} → ${to}`);

  // A parser that does not fit the installed TypeScript sees no modules and finds nothing wrong with them.
  const cruised = new Set(modules.map(({ source }) => source));
  const overlooked = sourceFolders.flatMap(sourceFiles).filter((file) => !cruised.has(file));
  if (overlooked.length > 0) console.log(`${overlooked.length} files were not looked at, e.g. ${overlooked[0]}`);

  const isDrawn = checkDrawing(modules);
  if (!isDrawn) console.log('the drawing in docs/architecture.md is old: npm run draw');

  const isTabled = checkRulesTable();
  if (!isTabled) console.log('docs/automation-rules.md is old: npm run draw');

  const faults = [...folderCircles(modules), ...faultsOfFiles()];
  for (const fault of faults) console.log(fault);

  const violations = summary.violations.length + faults.length;
  console.log(`${cruised.size} modules, ${violations} violations`);
  return overlooked.length === 0 && violations === 0 && isDrawn && isTabled && (await hasNothingUnused());
}

// What is exported and imported nowhere, and files that nothing leads to; knip.json says where the ways begin.
const hasNothingUnused = () =>
  run('node_modules/knip/bin/knip.js', ['--no-progress', '--no-config-hints', '--include', 'exports,files']);

function faultsOfFiles(): string[] {
  const sources = readSources();
  const migrations = fs.readdirSync(path.join(root, 'server/src/migrations'));
  return [
    ...crowdedFolders(sources.map(({ file }) => file)),
    ...sqlOutsideStores(sources),
    ...hiddenCasts(sources),
    ...unusedDependencies(sources),
    ...migrationNumbers(migrations),
  ];
}
