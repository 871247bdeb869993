import type { ImportTarget } from '@signalbox/contract/imports.ts';
import { guessLocale } from '../../crm/client-book/country.ts';
import { guessStage } from '../../crm/csv/guess/guess-stages.ts';
import { type ReadTable, readTable } from '../../crm/csv/table/read-table.ts';
import type { TextCount } from '../../crm/csv/table/table-work.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { listPipelines } from '../../crm/pipelines/pipelines.store.ts';
import { checkOwner } from '../../crm/types/check-item-type.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { fillable, type ImportSource, limitOfColumn } from './job/import-plan.ts';
import { insertImport } from './job/imports.store.ts';

export interface Upload {
  readonly employeeId: number | null;
  readonly target: ImportTarget;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly delimiter?: string | undefined;
  readonly pipelineId?: number | undefined;
  readonly now: Date;
  /** Whose file it is: no column is guessed to fill what they may not. */
  readonly rights?: Rights | undefined;
}

/** What is needed to read the file; 422 for a target that there is not. Reading itself holds no transaction. */
export async function prepareUpload(tx: Tx, upload: Upload): Promise<() => Promise<ReadTable>> {
  const { target, bytes, delimiter, employeeId } = upload;
  await checkOwner(tx, target, 'target');
  const reference = await loadReference(tx);
  const asked = { target, fields: fillable(target, reference), language: reference.workspace.language, delimiter };
  const asker = { workspace: workspaceOf(tx), who: `tables of ${employeeId ?? 'nobody'}`, lane: 'people' } as const;
  return () => readTable(bytes, asked, asker);
}

/** A draft: the rows as they are, and a guess for every column. 422 for what is no table. */
export async function insertDraft(tx: Tx, upload: Upload, table: ReadTable): Promise<number> {
  const { target, rights } = upload;
  const reference = await loadReference(tx);
  const { encoding, delimiter } = table;
  const columns = table.columns.map((column) => {
    const { guess } = column;
    const isHeld = guess.to !== 'title' && limitOfColumn(guess.to, { target, rights }) !== undefined;
    return isHeld ? { ...column, guess: { ...guess, to: '' } } : column;
  });
  const isMapped = columns.some(({ guess }) => guess.to === 'stage');
  const stages = isMapped ? stageTexts(table.stageTexts, await listOfPipeline(tx, upload)) : [];
  return insertImport(tx, {
    ...{ employeeId: upload.employeeId, target, fileName: upload.fileName, now: upload.now },
    source: { encoding, delimiter, locale: guessLocale(reference.workspace), columns, stages },
    ...{ rowCount: table.rowCount, rows: table.rows },
  });
}

type Stages = Awaited<ReturnType<typeof listPipelines>>[number]['stages'];

async function listOfPipeline(tx: Tx, { target, pipelineId }: Upload): Promise<Stages> {
  const pipelines = await listPipelines(tx, target);
  return (pipelines.find(({ id }) => id === pipelineId) ?? pipelines[0])?.stages ?? [];
}

const MOST_STAGES = 60;

/** The texts of a stage column, the most frequent first, with the stage that each names. */
export function stageTexts(texts: readonly TextCount[], stages: Stages): ImportSource['stages'] {
  return texts
    .slice(0, MOST_STAGES)
    .map(({ text, rows }) => ({ text: text.slice(0, 500), rows, guess: guessStage(text, stages) }));
}
