import type { OwnerSql } from './database.ts';
import { type BenchWorkspace, STAGES } from './dataset.ts';
import { waitingRules } from './waiting.ts';

const OTHER_KINDS = ['email/opened', 'email/link-clicked', 'email/received', 'email/sent', 'crm/responsible-changed'];

/** 20 triggers of which `hearing` hear a webhook call; the last of those moves the item, the others refuse by setting or condition. */
export async function placeBoard(database: OwnerSql, workspace: BenchWorkspace, hearing: number): Promise<void> {
  const triggers = [...others(20 - hearing), ...hearers(hearing)];
  await place(database, workspace, { triggers, rules: twoRules('WARM') });
}

/** 1,000 triggers on eight stages that all hear a webhook call, each with a code of its own: `code 0` to `code 999`. */
export async function placeThousand(database: OwnerSql, workspace: BenchWorkspace): Promise<void> {
  const stages = STAGES.slice(1);
  const triggers = Array.from({ length: 1_000 }, (_, at) => ({
    ...{ id: `webhook-${at}`, on: 'apps/webhook', settings: { code: `code ${at}` } },
    stage: stages[Math.floor((at * stages.length) / 1_000)],
  }));
  await place(database, workspace, { triggers, rules: [] });
}

/** Ten rules that wait for a month, and one that is due at once. */
export async function placeWaiting(database: OwnerSql, workspace: BenchWorkspace): Promise<void> {
  await place(database, workspace, { triggers: [], rules: waitingRules });
}

async function place(
  database: OwnerSql,
  { workspaceId, pipelineId }: BenchWorkspace,
  board: { readonly triggers: readonly object[]; readonly rules: readonly object[] },
): Promise<void> {
  const file = { type: 'deal', pipeline: 'Sales', ...board };
  await database.sql(
    'insert into boards (workspace_id, pipeline_id, version, file) select $1, $2, board_version + 1, $3::jsonb from pipelines where workspace_id = $1 and id = $2',
    [workspaceId, pipelineId, JSON.stringify(file)],
  );
  await database.sql('update pipelines set board_version = board_version + 1 where workspace_id = $1 and id = $2', [
    workspaceId,
    pipelineId,
  ]);
}

function others(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const on = OTHER_KINDS[i % OTHER_KINDS.length];
    return { id: `other-${i}`, on, stage: 'OFFER', settings: on === 'email/link-clicked' ? { links: 'any' } : {} };
  });
}

function hearers(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const trigger = {
      id: `webhook-${i}`,
      on: 'apps/webhook',
      stage: 'WARM',
      when: { field: 'amount', is: 'at least', value: 1000 },
      settings: { code: 'go' },
    };
    if (i === count - 1) return trigger;
    return i % 2 === 0
      ? { ...trigger, settings: { code: `not-${i}` } }
      : { ...trigger, when: { field: 'amount', is: 'greater', value: 1_000_000 } };
  });
}

function twoRules(stage: string) {
  return [
    {
      id: 'tell',
      do: 'alerts/notify',
      stage,
      settings: { text: '{{ item.title }} is warm', recipients: ['responsible'] },
    },
    { id: 'say', do: 'alerts/comment', stage, settings: { text: 'Called from outside.' } },
  ];
}
