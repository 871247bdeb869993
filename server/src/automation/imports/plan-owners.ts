import type { ImportSettings } from '@signalbox/contract/imports.ts';
import { plainWords } from '../../crm/csv/plain-words.ts';
import type { PlannedColumn } from '../../crm/csv/read-row.ts';
import type { Reference } from '../../crm/facts/workspace-facts.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { fillable, type ImportPlan } from './job/import-plan.ts';
import type { ImportRow } from './job/imports.store.ts';
import type { FieldMaker } from './make-fields.ts';
import { loadScope } from './rows/import-world.ts';
import { countUnknownOwners } from './unknown-owners.ts';

interface Planning {
  readonly settings: ImportSettings;
  readonly reference: Reference;
  readonly planned: readonly PlannedColumn[];
  readonly maker: FieldMaker;
}

/** Where the names of owners go who are not here; a field is made only for names that there are. 422 for a field that keeps no text. */
export async function ownersOf(
  tx: Tx,
  job: ImportRow,
  { settings, reference, planned, maker }: Planning,
): Promise<ImportPlan['owners']> {
  const isClient = job.target === 'contact' || job.target === 'company';
  const to = settings.unknownOwners ?? (isClient ? 'field' : 'note');
  if (to === 'note' && isClient)
    throw invalidAt('unknownOwners', 'no-notes', 'Clients have no notes; choose a field, or leave the names out');
  if (to !== 'field') return { to, field: null };
  const specs = fillable(job.target, reference).filter(({ kind, multiple }) => kind === 'text' && multiple !== true);
  if (settings.ownerField !== undefined) {
    const field = specs.find(({ code }) => code === settings.ownerField)?.code;
    if (field === undefined)
      throw invalidAt('ownerField', 'unknown-field', `There is no text field ${settings.ownerField}`);
    return { to, field };
  }
  const scope = await loadScope(tx, job, reference);
  if ((await countUnknownOwners(tx, job, { columns: planned, scope })).rows === 0) return { to: 'leave', field: null };
  const column = planned.find((one) => one.to === 'responsible')?.column ?? 0;
  const name = job.source.columns[column]?.header || `Column ${column + 1}`;
  const named = specs.find((spec) => typeof spec.name === 'string' && plainWords(spec.name) === plainWords(name));
  return { to, field: named?.code ?? (await maker.make(name, 'text')) };
}
