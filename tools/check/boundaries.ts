import { cruise, sourceFolders } from './cruise.ts';
import { checkDrawing } from './drawing.ts';
import { sourceFiles } from './source-files.ts';

/** The import picture of docs/architecture.md, as .dependency-cruiser.cjs has it, and its drawing there. */
export async function checkBoundaries(): Promise<boolean> {
  const { modules, summary } = await cruise();
  for (const { rule, from, to } of summary.violations) console.log(`${rule.name}\n    ${from} → ${to}`);

  // A parser that does not fit the installed TypeScript sees no modules and finds nothing wrong with them.
  const cruised = new Set(modules.map(({ source }) => source));
  const overlooked = sourceFolders.flatMap(sourceFiles).filter((file) => !cruised.has(file));
  if (overlooked.length > 0) console.log(`${overlooked.length} files were not looked at, e.g. ${overlooked[0]}`);

  const isDrawn = checkDrawing(modules);
  if (!isDrawn) console.log('the drawing in docs/architecture.md is old: npm run draw');

  console.log(`${cruised.size} modules, ${summary.violations.length} violations`);
  return overlooked.length === 0 && summary.violations.length === 0 && isDrawn;
}
