import fs from 'node:fs';
import path from 'node:path';
import { bindBoard } from '@signalbox/automation/engine/binding/bind.ts';
import { createRehearsal, type Recorded, type Rehearsed } from '@signalbox/automation/engine/rehearsing/rehearse.ts';
import type { ItemFacts } from '@signalbox/automation/kit/facts.ts';
import { describe, expect, test } from 'vitest';
import { rootFolder } from '../../platform/config/config.ts';

const folder = path.join(process.env.CORPUS_DIR ?? path.resolve(rootFolder, '../shared/data'), 'event-logs');
const missing = !fs.existsSync(folder);

const logs = [
  { file: 'helpdesk/helpdesk.csv', activityColumn: 1 },
  { file: 'bpi2012-w/bpi_12_w.csv', activityColumn: 1 },
  { file: 'bpi2020/domestic_declarations.csv', activityColumn: 5 },
];

describe.skipIf(missing)(missing ? 'skipped: no corpus' : 'event logs, an activity a stage and a trigger', () => {
  test.each(
    logs.flatMap((log) => [
      { ...log, allowBack: true },
      { ...log, allowBack: false },
    ]),
  )('$file moves as often as its lines say, moving back: $allowBack', ({ file, activityColumn, allowBack }) => {
    const lines = readLines(file).map((cells) => ({ id: cells[0] ?? '', activity: cells[activityColumn] ?? '' }));
    const activities = [...new Set(lines.map(({ activity }) => activity))];

    const counted = countMoves(lines, activities, allowBack);
    expect(rehearse(lines, activities, allowBack)).toMatchObject({ ...counted, signals: lines.length });
    expect(counted.movesBack > 0).toBe(allowBack);
  });
});

interface Line {
  readonly id: string;
  readonly activity: string;
}

function readLines(file: string): string[][] {
  const lines = fs.readFileSync(path.join(folder, file), 'utf8').trim().split(/\r?\n/);
  return lines.slice(1).map((line) => line.split(','));
}

/** Without the engine: where each case stands, and whether the next activity is elsewhere and may be gone to. */
function countMoves(lines: readonly Line[], activities: readonly string[], allowBack: boolean) {
  const standing = new Map<string, number>();
  let [moves, movesBack] = [0, 0];
  for (const { id, activity } of lines) {
    const [from, to] = [standing.get(id) ?? -1, activities.indexOf(activity)];
    if (to === from || (to < from && !allowBack)) continue;
    standing.set(id, to);
    moves += 1;
    movesBack += to < from ? 1 : 0;
  }
  return { moves, movesBack, items: new Set(lines.map(({ id }) => id)).size };
}

const workspace = { timeZone: 'UTC', currency: 'EUR', rates: {}, language: 'en', calendar: null };

function rehearse(lines: readonly Line[], activities: readonly string[], allowBack: boolean): Rehearsed {
  const codes = ['BEGIN', ...activities.map((_activity, index) => `S${index}`)];
  const { board, problems } = bindBoard({
    ...{ version: 1, pipelineId: 1, language: 'en', fields: [] },
    stages: codes.map((code, position) => ({ id: position + 1, code, name: code, kind: 'open', position })),
    file: {
      ...{ type: 'deal', pipeline: 'Log' },
      triggers: activities.map((code, index) => ({
        ...{ id: `t${index}`, on: 'apps/webhook', stage: `S${index}`, allowBack },
        settings: { code: `c${activities.indexOf(code)}` },
      })),
    },
  });
  expect(problems).toEqual([]);
  const rehearsal = createRehearsal({ board, workspace });
  for (const ofCase of Map.groupBy(lines, ({ id }) => id).values()) rehearsal.take(recorded(ofCase, activities));
  return rehearsal.result();
}

function recorded(lines: readonly Line[], activities: readonly string[]): Recorded[] {
  return lines.map(({ activity }, at) => {
    const payload = { code: `c${activities.indexOf(activity)}` };
    const signal = { id: at + 1, kind: 'webhook.called', occurredAt: at, payload, chain: null, person: null };
    return { is: 'judged', at, item: begun, signal, byRule: false, moved: null };
  });
}

const begun: ItemFacts = {
  ...{ id: 1, type: 'deal', pipelineId: 1, stageId: 1, values: {}, fields: [] },
  ...{ client: null, contact: null, company: null, responsible: null, creator: null, tied: {} },
};
