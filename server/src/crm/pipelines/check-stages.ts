import type { FieldError } from '../../platform/errors.ts';
import { invalid } from '../../platform/errors.ts';
import { summary } from '../../platform/http/field-errors.ts';
import type { NewStage } from './pipelines.store.ts';

/** Codes once each; at least one open stage; won and lost stages last (semantics.md 3.4). */
export function checkStages(stages: readonly NewStage[]): void {
  const errors = [...repeatedCodes(stages), ...misplaced(stages), ...noOpenStage(stages)];
  if (errors.length > 0) throw invalid(errors, summary(errors));
}

function repeatedCodes(stages: readonly NewStage[]): FieldError[] {
  return stages.flatMap(({ code }, index) =>
    stages.findIndex((other) => other.code === code) === index
      ? []
      : [{ path: `stages[${index}].code`, code: 'repeated', message: `The code ${code} stands here twice` }],
  );
}

function misplaced(stages: readonly NewStage[]): FieldError[] {
  const lastOpen = stages.findLastIndex(({ kind }) => kind === 'open');
  return stages.flatMap(({ kind }, index) =>
    kind === 'open' || index > lastOpen
      ? []
      : [{ path: `stages[${index}].kind`, code: 'not-last', message: 'Stages of kind won and lost stand last' }],
  );
}

function noOpenStage(stages: readonly NewStage[]): FieldError[] {
  if (stages.some(({ kind }) => kind === 'open')) return [];
  return [{ path: 'stages', code: 'no-open-stage', message: 'A pipeline needs at least one open stage' }];
}
