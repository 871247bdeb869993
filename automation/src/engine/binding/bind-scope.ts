import type { NameScope } from '../../kit/conditions/names.ts';
import type { Problem } from '../../kit/settings/problems.ts';
import type { FieldSpec } from '../../kit/values/values.ts';
import type { Language } from '../../kit/words/languages.ts';
import type { Stage } from '../board.ts';

/** A saved board and what it stands on. */
export interface BoardSource {
  readonly version: number;
  readonly pipelineId: number;
  /** The pipeline's stages as they are, in any order. */
  readonly stages: readonly Stage[];
  /** The automation file as JSON, with ids. */
  readonly file: unknown;
  /** The standard and custom fields of the item type; conditions and templates are checked against them. */
  readonly fields: readonly FieldSpec[];
  readonly clientFields?: readonly FieldSpec[];
  /** By type: the fields of the items that may be tied. */
  readonly tiedFields?: Readonly<Record<string, readonly FieldSpec[]>>;
  readonly isPerson?: NameScope['isPerson'];
  readonly pipelines?: NameScope['pipelines'];
  readonly pipelinesOf?: NameScope['pipelinesOf'];
  readonly clientFieldsOf?: NameScope['clientFieldsOf'];
  /** It was checked when it was saved: its rules stay whole although stages and fields have gone since (semantics.md 8.2). */
  readonly lenient?: boolean;
  /** For the names of those that have none of their own. */
  readonly language: Language;
}

export type Places = ReadonlyMap<string, { readonly stage: Stage; readonly order: number }>;

export interface BindScope
  extends Pick<
    BoardSource,
    | 'fields'
    | 'clientFields'
    | 'tiedFields'
    | 'isPerson'
    | 'pipelines'
    | 'pipelinesOf'
    | 'clientFieldsOf'
    | 'lenient'
    | 'language'
  > {
  /** Of the items whose board it is. */
  readonly type: string;
  readonly pipelineId: number;
  readonly stageCodes: readonly string[];
  readonly stages: Places;
  /** Stages that are not there any more and whose rules some runs still keep to. */
  readonly gone: Places;
  /** What the board's conditions and texts may still hold; of a saved one it is not asked. */
  readonly budget?: NameScope['budget'];
  /** By stage code and rule id: the names of the results. */
  readonly results: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export type Bound<T> =
  | { readonly ok: true; readonly bound: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What conditions and texts of the board may name. */
export function namesOf({
  fields,
  clientFields,
  tiedFields,
  isPerson,
  pipelines,
  pipelinesOf,
  clientFieldsOf,
  stageCodes,
  lenient,
  budget,
}: BindScope): NameScope {
  return {
    fields,
    clientFields,
    tiedFields,
    isPerson,
    pipelines,
    pipelinesOf,
    clientFieldsOf,
    stageCodes,
    lenient,
    budget,
  };
}
