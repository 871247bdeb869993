import { verdictCodes } from '@signalbox/automation/engine/verdict.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { type Language, parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { triggerByKey } from '@signalbox/automation/triggers/index.ts';
import { z } from 'zod';
import { type Reader, seenEvidence, seenPayload } from '../../access/seen-evidence.ts';
import { loadWorkspaceFacts } from '../../crm/facts/workspace-facts.ts';
import type { Tx } from '../../platform/db.ts';
import { type BoardVersion, boardKey, listSavedBoards } from '../boards/boards.store.ts';
import type { ItemSignal } from './item-runs.store.ts';

/** How a signal is shown to its reader, with its verdicts: names, keys and stages as they stood on the board on which it was decided (semantics.md 3.8). */
export async function presentSignals(
  tx: Tx,
  rows: readonly ItemSignal[],
  reader: Reader,
): Promise<(row: ItemSignal) => object> {
  const language = parseLanguage((await loadWorkspaceFacts(tx)).language);
  const triggers = await loadTriggers(tx, rows.flatMap(boardOf));
  return (row) => ({
    id: row.id,
    kind: row.kind,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    decidedAt: row.decidedAt,
    payload: seenPayload(row.payload, reader).payload,
    verdicts: seenVerdicts(row, reader).map((verdict) =>
      presentVerdict(
        verdict,
        boardOf(row).flatMap((board) => triggers.get(boardKey(board)) ?? []),
        language,
      ),
    ),
    move: row.visitId,
    note: row.note ?? null,
    run: row.causeRunId,
  });
}

function boardOf({ pipelineId, boardVersion }: ItemSignal): BoardVersion[] {
  return pipelineId === null || !boardVersion ? [] : [{ pipelineId, version: boardVersion }];
}

// Not bound: what a trigger was called is to be seen even when its stage or its fields are gone.
const saved = z.object({
  triggers: z
    .array(z.object({ id: z.string(), on: z.string(), stage: z.string(), name: z.string().nullish() }))
    .catch([]),
});
type SavedTrigger = z.output<typeof saved>['triggers'][number];

async function loadTriggers(
  tx: Tx,
  versions: readonly BoardVersion[],
): Promise<ReadonlyMap<string, readonly SavedTrigger[]>> {
  const wanted = [...new Map(versions.map((one) => [boardKey(one), one])).values()];
  const boards = wanted.length === 0 ? [] : await listSavedBoards(tx, wanted);
  return new Map(boards.map((board) => [boardKey(board), saved.parse(board.file).triggers]));
}

// As the drain keeps them: id of the trigger, verdict, detail.
const detailSchema = z.record(z.string(), z.json());
type CompactDetail = z.output<typeof detailSchema>;
const compact = z.array(
  z.union([z.tuple([z.string(), z.enum(verdictCodes)]), z.tuple([z.string(), z.enum(verdictCodes), detailSchema])]),
);
type CompactVerdict = z.output<typeof compact>[number];

function readVerdicts(column: unknown): CompactVerdict[] {
  return column === null || column === undefined ? [] : compact.parse(column);
}

// What a change was compared with is a value as well.
function seenVerdicts({ verdicts, payload }: ItemSignal, reader: Reader): CompactVerdict[] {
  const { isWhole } = seenPayload(payload, reader);
  return readVerdicts(verdicts).map(([id, verdict, detail]): CompactVerdict => {
    if (detail === undefined) return [id, verdict];
    const isOfChange = 'got' in detail && (verdict === 'settings' || fieldOf(detail).startsWith('signal.'));
    if (isWhole || !isOfChange) return [id, verdict, detailSchema.parse(seenEvidence(detail, reader))];
    const { got: _, note: __, ...rest } = detail;
    return [id, verdict, { ...rest, hidden: true }];
  });
}

const fieldOf = ({ part }: CompactDetail) => (isRecord(part) ? String(part.field) : '');

function presentVerdict([id, verdict, detail]: CompactVerdict, triggers: readonly SavedTrigger[], language: Language) {
  const trigger = triggers.find((one) => one.id === id);
  const key = trigger?.on ?? '';
  return {
    trigger: id,
    key,
    name: trigger?.name ?? triggerByKey(key)?.strings[language].name ?? id,
    stage: trigger?.stage ?? '',
    verdict,
    detail: detail ?? null,
  };
}
