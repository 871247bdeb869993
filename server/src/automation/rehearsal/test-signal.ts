import type { Board } from '@signalbox/automation/engine/board.ts';
import { decide } from '@signalbox/automation/engine/decide.ts';
import { type Foretold, foretell } from '@signalbox/automation/engine/foretelling/foretell.ts';
import type { TriggerMove } from '@signalbox/automation/engine/verdict.ts';
import { type SayingFacts, verdictInWords } from '@signalbox/automation/engine/verdict-words.ts';
import type { ItemFacts, RunFacts, SignalFacts } from '@signalbox/automation/kit/facts.ts';
import { isSettings } from '@signalbox/automation/kit/settings/settings.ts';
import { renderSettings } from '@signalbox/automation/kit/templates/render-settings.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { type Language, parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { findSignalKind } from '@signalbox/automation/signals/index.ts';
import type { Tested } from '@signalbox/contract/automation/rehearsal.ts';
import { accessItem } from '../../access/access-item.ts';
import { hidesAny } from '../../access/held-fields.ts';
import { type Reader, seenEvidence, seenReason } from '../../access/seen-evidence.ts';
import { enterStage, makeItemFacts, makeSeenFacts } from '../../crm/items/item-facts.ts';
import { loadItemRows } from '../../crm/items/items.store.ts';
import { worded } from '../../outbox/reason-columns.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import { fieldErrors } from '../../platform/http/field-errors.ts';
import { inReadOnly } from '../../platform/read-only.ts';
import type { StageRule } from '../visits/stage-rules.ts';
import { showStage } from './rehearse-board.ts';
import { type BoardGiven, type RehearsedBoard, readRehearsedBoard } from './rehearsed-board.ts';

export interface TestWish extends BoardGiven {
  readonly item: number;
  readonly language?: Language | undefined;
  readonly signal: { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> };
}

interface Tried extends RehearsedBoard {
  readonly item: ItemFacts;
  /** The same as who tries it sees it. */
  readonly seen: ItemFacts;
  readonly signal: SignalFacts;
  readonly now: Date;
  readonly reader: Reader;
}

/** What would follow if this happened to the item now; in a transaction that can't write. */
export async function testSignal(context: Context, caller: Caller, wish: TestWish): Promise<Tested> {
  const now = context.clock.now();
  const signal = readSignal(wish, now);
  const tried = await inReadOnly(context, caller.workspaceId, async (tx) => {
    const read = await readRehearsedBoard(tx, wish);
    await accessItem(tx, caller, wish.item, 'read');
    const rows = await loadItemRows(tx, [wish.item], { lock: false });
    const seen = await makeSeenFacts(tx, rows, { ...read, rights: caller.rights });
    // A condition of one's own making would tell what is out of one's sight.
    const isJudgedAsSeen = read.version === null && !caller.rights.areas.automation;
    const facts = isJudgedAsSeen ? seen : await makeItemFacts(tx, rows, read.reference);
    return { ...read, item: facts.get(wish.item), seen: seen.get(wish.item) };
  });
  const { item, seen } = tried;
  if (item === undefined || seen === undefined) throw notFound(`Item ${wish.item}`);
  if (item.pipelineId !== tried.board.pipelineId)
    throw invalid([{ path: 'item', code: 'elsewhere', message: `Item ${item.id} stands on another pipeline` }]);
  const reader = { rights: caller.rights, type: item.type };
  return answer({ ...tried, item, seen, signal, now, reader }, parseLanguage(wish.language ?? caller.language));
}

function readSignal({ signal: { kind, payload } }: TestWish, now: Date): SignalFacts {
  const definition = findSignalKind(kind);
  if (definition === undefined)
    throw invalid([{ path: 'signal.kind', code: 'kind', message: `There is no kind of signal "${kind}"` }]);
  const parsed = definition.schema.safeParse(payload);
  if (!parsed.success) throw invalid(fieldErrors(parsed.error, ['signal', 'payload']));
  return { id: 0, kind, occurredAt: now.getTime(), payload: parsed.data, chain: null, person: null };
}

function answer(tried: Tried, language: Language): Tested {
  const { board, reference, item, signal, now } = tried;
  const { workspace } = reference;
  const decided = decide({ signal, item, board, workspace, now: now.getTime() });
  const { move } = decided;
  const verdicts = decided.verdicts.map((one) => ({
    ...one,
    detail: one.detail && seenEvidence(one.detail, tried.reader),
  }));
  const facts = sayingFacts(tried, language);
  return {
    verdicts: verdicts.map((verdict) => ({
      ...{ trigger: verdict.trigger, key: verdict.key, name: verdict.name, verdict: verdict.verdict },
      stage: stageOf(board, verdict.stage),
      words: verdictInWords(verdict, facts),
      detail: verdict.detail,
    })),
    move:
      move === null
        ? null
        : {
            trigger: move.trigger,
            from: showStage(board, item.stageId),
            to: showStage(board, move.stageId),
            back: (board.stageOrder.get(move.stageId) ?? 0) < (board.stageOrder.get(item.stageId) ?? 0),
          },
    runs: move === null ? [] : runsOn(tried, move),
  };
}

function sayingFacts({ board, reference, signal, item }: Tried, language: Language): SayingFacts {
  const { workspace, people, fieldsOf } = reference;
  return {
    ...{ language, timeZone: workspace.timeZone, fields: board.fields, stages: board.stages, signal: signal.kind },
    clientFields: fieldsOf(item.client?.kind ?? 'contact'),
    person: (id) => people.get(id)?.name,
  };
}

function stageOf({ stages }: Board, code: string) {
  return { code, name: stages.find((stage) => stage.code === code)?.name ?? code };
}

function runsOn(tried: Tried, { stageId, chain }: TriggerMove): Tested['runs'] {
  const { board, reference, signal, now } = tried;
  const entered = (one: ItemFacts) => enterStage(one, { pipelineId: one.pipelineId, stageId }, reference, now);
  const [item, seen] = [entered(tried.item), entered(tried.seen)];
  const rules = board.rules.filter((rule) => rule.stageId === stageId);
  const entry = { item, workspace: reference.workspace, signal, enteredAt: now.getTime(), chain, stages: board.stages };
  return foretell(rules, entry).map((told) => runOf({ ...tried, item, seen }, told));
}

function runOf({ reference, seen, signal, now, reader }: Tried, told: Foretold): Tested['runs'][number] {
  const { rule, waitsFor, previous, uses } = told.link;
  const facts = { item: seen, workspace: reference.workspace, signal, results: {} };
  // What an earlier rule gives is known when that one has run: the text is shown as it was written.
  const rendered =
    rule.usesResultsOf.length > 0
      ? { settings: rule.settings, reason: null }
      : render(rule, facts, { at: now.getTime(), reader });
  return {
    ...{ rule: rule.id, key: rule.key, name: rule.name, settings: rendered.settings, state: told.state },
    dueAt: told.dueAt === null ? null : new Date(told.dueAt).toISOString(),
    ...{ previous, uses: [...uses], after: [...waitsFor] },
    ...worded(seenReason(told.reason ?? rendered.reason, reader)),
  };
}

interface Trying {
  readonly at: number;
  readonly reader: Reader;
}

// A text that is filled in may hold what is hidden: whoever does not see every field reads it as it was written.
function render({ definition, settings }: StageRule['rule'], facts: RunFacts, { at, reader: { rights } }: Trying) {
  if (rights !== undefined && hidesAny(rights)) return { settings, reason: null };
  try {
    const { fields } = definition;
    return {
      settings: isSettings(fields, settings) ? { ...renderSettings(fields, settings, facts, at) } : {},
      reason: null,
    };
  } catch (error) {
    if (error instanceof Impossible) return { settings, reason: error.reason };
    throw error;
  }
}
