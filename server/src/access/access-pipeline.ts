import type { RightVerb } from '@signalbox/contract/people/rights.ts';
import type { Caller, Rights } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { reachesPipeline } from './reach.ts';

interface Pipeline {
  readonly id: number;
  readonly type: string;
  readonly name: string;
}

/** A pipeline is seen by who may see something in it, and by who edits automation or settings. */
export function seesPipeline(rights: Rights, pipeline: Pick<Pipeline, 'id' | 'type'>): boolean {
  const { automation, settings } = rights.areas;
  return automation || settings || reachesPipeline(rights, pipeline, 'read');
}

/** 404 for a pipeline that a person may not see. */
export function accessPipeline<P extends Pipeline>({ rights }: Pick<Caller, 'rights'>, pipeline: P): P {
  if (!seesPipeline(rights, pipeline)) throw notFound(`Pipeline ${pipeline.id}`);
  return pipeline;
}

/** Whether a right holds for every item of a pipeline: what counts over all of them is for those alone. */
export function hasAllOf(rights: Rights, { id, type }: Pick<Pipeline, 'id' | 'type'>, verb: RightVerb): boolean {
  const { all, types, pipelines } = rights.items;
  return (pipelines[String(id)] ?? types[type] ?? all)[verb] === 'all';
}
