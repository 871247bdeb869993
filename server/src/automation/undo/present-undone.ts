import type { Undone as Shown, UndoneLine } from '@signalbox/contract/automation/undo.ts';
import { z } from 'zod';
import { hidesField } from '../../access/held-fields.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { boardKey, loadBoardVersions } from '../boards/boards.store.ts';
import { getVisitedRun } from '../log/item-runs.store.ts';
import type { UndoneDeed } from './undo-deeds.ts';
import type { Undone } from './undo-runs.ts';

/** As answers show it, with the names of the rules; of a field that the caller does not see no value is told. */
export async function presentUndone(
  tx: Tx,
  undone: Undone,
  rights: Rights | undefined,
): Promise<Omit<Shown, 'dryRun'>> {
  const { item, parts, cancelled } = undone;
  const rules = new Map<number | null, UndoneLine['rule']>();
  for (const runId of new Set(parts.flatMap((part) => part.runId ?? []))) rules.set(runId, await ruleOf(tx, runId));
  const hides = ({ kind, about }: UndoneDeed) =>
    kind === 'fields' && hidesField(rights, { owner: item.type, code: about });
  return {
    cancelled,
    data: parts.map((part) => ({
      ...{ run: part.runId, rule: rules.get(part.runId) ?? null },
      ...{ kind: part.kind, about: part.about, hidden: hides(part) },
      ...(hides(part) ? { from: null, to: null } : { from: asJson(part.from), to: asJson(part.to) }),
      ...{ takenBack: part.reason === null, reason: part.reason === null ? null : { ...part.reason } },
    })),
  };
}

async function ruleOf(tx: Tx, runId: number): Promise<UndoneLine['rule']> {
  const [found] = await getVisitedRun(tx, runId);
  if (found === undefined) return null;
  const version = { pipelineId: found.pipelineId, version: found.boardVersion };
  const board = (await loadBoardVersions(tx, [version])).get(boardKey(version));
  const rule = board?.rules.find(({ id }) => id === found.run.ruleId);
  return { key: rule?.key ?? '', name: rule?.name ?? found.run.ruleId };
}

function asJson(value: unknown): UndoneLine['from'] {
  return z
    .json()
    .catch(null)
    .parse(value ?? null);
}
