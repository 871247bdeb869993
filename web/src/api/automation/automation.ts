import type { TextForm } from '@signalbox/automation/kit/settings/setting.ts';
import {
  type BoardStats,
  boardStats,
  checked,
  preview,
  type version,
  versions,
} from '@signalbox/contract/automation/automation.ts';
import { runForItems } from '@signalbox/contract/automation/runs.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write, writeAndRead } from '../transport/request.ts';

const when = z.unknown();
const duration = z.string();
const empty = z.enum(['wait', 'now', 'skip']).optional();
const time = z.union([
  z.object({ after: duration, field: z.string().optional(), empty }),
  z.object({ before: duration, field: z.string(), empty }),
  z.object({ at: z.object({ field: z.string(), time: z.string().optional() }), empty }),
]);
const common = {
  id: z.string().optional(),
  stage: z.string(),
  name: z.string().optional(),
  enabled: z.boolean().optional(),
  when: when.optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
};
const trigger = z.object({ on: z.string(), as: z.string().optional(), allowBack: z.boolean().optional(), ...common });
const rule = z.object({
  do: z.string(),
  order: z.enum(['in parallel', 'after previous']).optional(),
  time: time.optional(),
  onLeave: z.enum(['cancel', 'keep']).optional(),
  hours: z.array(z.enum(['company', 'responsible'])).optional(),
  ...common,
});
const stage = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['open', 'won', 'lost']),
  color: z.string().nullish(),
});

export const automationFile = z.object({
  type: z.string(),
  pipeline: z.string(),
  stages: z.array(stage).default([]),
  triggers: z.array(trigger).default([]),
  rules: z.array(rule).default([]),
});
export type AutomationFile = z.infer<typeof automationFile>;

export const automationBoard = automationFile.extend({ version: z.number().int() });
export type AutomationBoard = z.infer<typeof automationBoard>;

export interface BoardAddress {
  readonly type: string;
  readonly pipeline: string | number;
}

const pathOf = ({ type, pipeline }: BoardAddress) =>
  `/api/v1/automation/${encodeURIComponent(type)}/${encodeURIComponent(String(pipeline))}`;

export const automationQuery = (address: BoardAddress) =>
  queryOptions({
    queryKey: ['automation', address.type, String(address.pipeline)],
    queryFn: ({ signal }) => read(pathOf(address), { answer: automationBoard, signal }),
  });

export type AutomationStats = BoardStats;

export const statsQuery = (address: BoardAddress) =>
  queryOptions({
    queryKey: ['stats', address.type, String(address.pipeline)],
    queryFn: ({ signal }) => read(`${pathOf(address)}/stats`, { answer: boardStats, signal }),
  });

export type CheckResult = z.infer<typeof checked>;

export interface Saving extends BoardAddress {
  readonly file: unknown;
  /** The version the draft began with; without it the save overwrites. */
  readonly version: number | null;
  readonly moveTo?: Readonly<Record<string, string>>;
  readonly cancelRuns?: boolean;
}

/** Saves a board; 412 when somebody saved meanwhile, 422 with located errors, 409 for a left-out stage. */
export async function saveAutomation(saving: Saving): Promise<AutomationBoard> {
  const { body } = await write('PUT', `${pathOf(saving)}${searchOf(saving)}`, {
    answer: automationBoard,
    body: saving.file,
    headers: saving.version === null ? {} : { 'If-Match': `"${saving.version}"` },
  });
  return automationBoard.parse(body);
}

/** What is wrong with a file, as a save would find it: JSON, or YAML text. */
export const checkAutomation = (file: unknown) =>
  writeAndRead('POST', '/api/v1/automation/check', {
    answer: checked,
    body: typeof file === 'string' ? { yaml: file } : { file },
  });

export type BoardVersion = z.infer<typeof version>;

export const versionsQuery = (address: BoardAddress) =>
  queryOptions({
    queryKey: ['versions', address.type, String(address.pipeline)],
    queryFn: ({ signal }) => read(`${pathOf(address)}/versions`, { answer: versions, signal }),
    select: ({ data }) => data,
  });

export const versionQuery = (address: BoardAddress, number: number) =>
  queryOptions({
    queryKey: ['versions', address.type, String(address.pipeline), number],
    queryFn: ({ signal }) => read(`${pathOf(address)}/versions/${number}`, { answer: automationFile, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useRestore(address: BoardAddress) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (number: number) => write('POST', `${pathOf(address)}/versions/${number}/restore`),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['automation'] }),
        client.invalidateQueries({ queryKey: ['versions'] }),
      ]),
  });
}

/** "Also run for N items now on this stage"; `dryRun` only lists them. */
export const runForItemsHere = (address: BoardAddress, rule: string, dryRun: boolean) =>
  writeAndRead('POST', `${pathOf(address)}/rules/${encodeURIComponent(rule)}/run`, {
    answer: runForItems,
    body: { dryRun },
  });

export const previewTemplate = (body: { text: string; item: number; as: TextForm }) =>
  writeAndRead('POST', '/api/v1/templates/preview', { answer: preview, body });

function searchOf({ moveTo = {}, cancelRuns = false }: Saving): string {
  const search = new URLSearchParams();
  const ways = Object.entries(moveTo).map(([from, to]) => `${from}:${to}`);
  if (ways.length > 0) search.set('moveTo', ways.join(','));
  if (cancelRuns) search.set('cancelRuns', '1');
  return search.size === 0 ? '' : `?${search}`;
}
