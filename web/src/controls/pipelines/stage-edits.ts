import type { Stage, StagesBody } from '@signalbox/contract/pipelines.ts';

export type StageKind = Stage['kind'];

/** A stage while it is edited; a new one has no code yet. */
export interface DraftStage {
  readonly key: string;
  readonly code?: string;
  readonly name: string;
  readonly kind: StageKind;
  readonly color: string;
}

/** One change, said so that it can be made on top of what somebody else has saved meanwhile. */
export type StageEdit =
  | { readonly do: 'change'; readonly key: string; readonly to: Partial<Pick<DraftStage, 'name' | 'kind' | 'color'>> }
  | { readonly do: 'add'; readonly stage: DraftStage; readonly before: string | null }
  | { readonly do: 'move'; readonly key: string; readonly before: string | null }
  | {
      readonly do: 'remove';
      readonly key: string;
      readonly moveTo: string | null;
      readonly automation: 'delete' | 'move';
    };

export const draftOf = (stages: readonly Stage[]): DraftStage[] =>
  stages.map(({ code, name, kind, color }) => ({ key: code, code, name, kind, color }));

/** The stages after these changes; one of a stage that is gone changes nothing. */
export function applyEdits(stages: readonly DraftStage[], edits: readonly StageEdit[]): DraftStage[] {
  return edits.reduce<DraftStage[]>((before, edit) => settled(apply(before, edit)), [...stages]);
}

/** What is sent: the stages in order, and what becomes of what stands on those that go. */
export function toBody(base: readonly DraftStage[], edits: readonly StageEdit[]): StagesBody {
  const stages = applyEdits(base, edits);
  const known = new Set(stages.map(({ key }) => key));
  const removed = edits.filter((edit) => edit.do === 'remove');
  // Where items go may have been removed after that: then they follow.
  const targetOf = (key: string | null): DraftStage | undefined => {
    if (key !== null && known.has(key)) return stages.find((stage) => stage.key === key);
    const next = removed.find((edit) => edit.key === key);
    return next === undefined ? undefined : targetOf(next.moveTo);
  };
  const left = removed.flatMap(({ key, moveTo, automation }) => {
    if (!base.some((stage) => stage.key === key)) return [];
    const target = targetOf(moveTo)?.code;
    return [[key, { ...(target !== undefined && { moveTo: target }), automation }] as const];
  });
  return {
    stages: stages.map(({ code, name, kind, color }) => ({ ...(code !== undefined && { code }), name, kind, color })),
    left: Object.fromEntries(left),
  };
}

/** One step to the left or right among the stages of its kind; null at the end. */
export function stepOf(stages: readonly DraftStage[], key: string, by: -1 | 1): StageEdit | null {
  const at = stages.findIndex((stage) => stage.key === key);
  const [own, other] = [stages[at], stages[at + by]];
  if (own === undefined || other === undefined || isOpen(own) !== isOpen(other)) return null;
  return { do: 'move', key, before: by === -1 ? other.key : (stages[at + 2]?.key ?? null) };
}

export const mayRemove = (stages: readonly DraftStage[], { key, kind }: DraftStage) =>
  kind !== 'open' || stages.some((stage) => stage.key !== key && isOpen(stage));

function apply(stages: DraftStage[], edit: StageEdit): DraftStage[] {
  switch (edit.do) {
    case 'change':
      return stages.map((stage) => (stage.key === edit.key ? { ...stage, ...edit.to } : stage));
    case 'add':
      return inserted(stages, edit.stage, edit.before);
    case 'remove':
      return stages.filter(({ key }) => key !== edit.key);
    case 'move': {
      const moved = stages.find(({ key }) => key === edit.key);
      if (moved === undefined || edit.before === edit.key) return stages;
      const others = stages.filter((stage) => stage !== moved);
      return inserted(others, moved, edit.before);
    }
  }
}

function inserted(stages: readonly DraftStage[], stage: DraftStage, before: string | null): DraftStage[] {
  const at = stages.findIndex(({ key }) => key === before);
  return at === -1 ? [...stages, stage] : [...stages.slice(0, at), stage, ...stages.slice(at)];
}

const isOpen = ({ kind }: DraftStage) => kind === 'open';

/** Stages of kind won and lost stand last (semantics.md 3.4). */
const settled = (stages: readonly DraftStage[]) => [
  ...stages.filter(isOpen),
  ...stages.filter((stage) => !isOpen(stage)),
];

/** Readable in both colour schemes; the order in which new stages take them. */
export const stageColors = [
  '#228be6',
  '#15aabf',
  '#12b886',
  '#40c057',
  '#82c91e',
  '#fab005',
  '#fd7e14',
  '#fa5252',
  '#e64980',
  '#be4bdb',
  '#7950f2',
  '#4c6ef5',
  '#868e96',
  '#495057',
] as const;

export function newStage(stages: readonly DraftStage[], name: string, kind: StageKind = 'open'): DraftStage {
  const used = new Set(stages.map(({ color }) => color));
  const color = stageColors.find((one) => !used.has(one)) ?? stageColors[stages.length % stageColors.length];
  return { key: `new ${crypto.randomUUID()}`, name, kind, color: color ?? '#868e96' };
}
