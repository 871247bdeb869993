import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { type Language, parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { triggerByKey } from '@signalbox/automation/triggers/index.ts';
import { z } from 'zod';
import { type Reader, seenEvidence, seenPayload } from '../../access/seen-evidence.ts';
import { loadWorkspaceFacts } from '../../crm/facts/workspace-facts.ts';
import type { Tx } from '../../platform/db.ts';
import { type BoardVersion, boardKey, listSavedBoards } from '../boards/boards.store.ts';
import { type ReadVerdict, verdictReader } from '../verdicts/read-verdicts.ts';
import type { ItemSignal } from './item-runs.store.ts';

/** How a signal is shown to its reader, with its verdicts: names, keys and stages as they stood on the board on which it was decided (semantics.md 3.8). */
export async function presentSignals(
  tx: Tx,
  rows: readonly ItemSignal[],
  reader: Reader,
): Promise<(row: ItemSignal) => object> {
  const language = parseLanguage((await loadWorkspaceFacts(tx)).language);
  const triggers = await loadTriggers(tx, rows.map(boardOf));
  const verdictsOf = await verdictReader(tx, rows);
  return (row) => ({
    id: row.id,
    kind: row.kind,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    decidedAt: row.decidedAt,
    payload: seenPayload(row.payload, reader).payload,
    verdicts: seenVerdicts(verdictsOf(row), row, reader).map((verdict) =>
      presentVerdict(verdict, triggers.get(boardKey(boardOf(row)))?.get(verdict.trigger), language),
    ),
    move: row.visitId,
    note: row.note ?? null,
    run: row.causeRunId,
  });
}

function boardOf({ pipelineId, boardVersion }: ItemSignal): BoardVersion {
  return { pipelineId: pipelineId ?? 0, version: boardVersion ?? 0 };
}

// Not bound: what a trigger was called is to be seen even when its stage or its fields are gone.
const saved = z.object({
  triggers: z
    .array(z.object({ id: z.string(), on: z.string(), stage: z.string(), name: z.string().nullish() }))
    .catch([]),
});
type SavedTrigger = z.output<typeof saved>['triggers'][number];
type SavedTriggers = ReadonlyMap<string, SavedTrigger>;

/** By board and id. */
async function loadTriggers(tx: Tx, versions: readonly BoardVersion[]): Promise<ReadonlyMap<string, SavedTriggers>> {
  const decided = versions.filter(({ version }) => version > 0);
  const wanted = [...new Map(decided.map((one) => [boardKey(one), one])).values()];
  const boards = wanted.length === 0 ? [] : await listSavedBoards(tx, wanted);
  return new Map(
    boards.map((board) => [
      boardKey(board),
      new Map(saved.parse(board.file).triggers.map((trigger) => [trigger.id, trigger])),
    ]),
  );
}

// What a change was compared with is a value as well.
function seenVerdicts(verdicts: readonly ReadVerdict[], { payload }: ItemSignal, reader: Reader): ReadVerdict[] {
  const { isWhole } = seenPayload(payload, reader);
  return verdicts.map((one) => {
    const { verdict, detail } = one;
    if (detail === null) return one;
    const isOfChange = 'got' in detail && (verdict === 'settings' || fieldOf(detail).startsWith('signal.'));
    if (isWhole || !isOfChange) return { ...one, detail: seenEvidence(detail, reader) };
    const { got: _, note: __, ...rest } = detail;
    return { ...one, detail: { ...rest, hidden: true } };
  });
}

const fieldOf = ({ part }: NonNullable<ReadVerdict['detail']>) => (isRecord(part) ? String(part.field) : '');

function presentVerdict(
  { trigger: id, verdict, detail }: ReadVerdict,
  trigger: SavedTrigger | undefined,
  language: Language,
) {
  const key = trigger?.on ?? '';
  return {
    trigger: id,
    key,
    name: trigger?.name ?? triggerByKey(key)?.strings[language].name ?? id,
    stage: trigger?.stage ?? '',
    verdict,
    detail,
  };
}
