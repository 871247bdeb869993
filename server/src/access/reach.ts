import { grantsOf, type Reach, type RightVerb } from '@signalbox/contract/people/rights.ts';
import type { Rights } from '../platform/context.ts';

/** What decides who may do something to an item. */
export interface Owned {
  readonly type: string;
  readonly pipelineId: number;
  readonly responsibleId: number | null;
  readonly observerIds: readonly number[];
}

/** Whether a right reaches an item: own = responsible; observers may read what they observe (docs/rights.md). */
export function reachesItem(rights: Rights, item: Owned, verb: RightVerb): boolean {
  const reach = grantsOf(rights.items, { type: item.type, pipeline: item.pipelineId })[verb];
  if (reach === 'none' || reach === 'all') return reach === 'all';
  return isOf(rights, item.responsibleId, reach) || (verb === 'read' && item.observerIds.includes(rights.employeeId));
}

export function isOf({ employeeId, department }: Rights, responsibleId: number | null, reach: Reach): boolean {
  if (reach === 'none' || reach === 'all') return reach === 'all';
  if (responsibleId === null) return false;
  return reach === 'own' ? responsibleId === employeeId : department.includes(responsibleId);
}

/** Whether a right reaches something in a pipeline at all: then the pipeline itself is seen. */
export function reachesPipeline(rights: Rights, at: { readonly type: string; readonly id: number }, verb: RightVerb) {
  return grantsOf(rights.items, { type: at.type, pipeline: at.id })[verb] !== 'none';
}
