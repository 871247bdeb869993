import type { Condition } from '@signalbox/automation/kit/conditions/condition.ts';
import { parseCondition } from '@signalbox/automation/kit/conditions/condition-parse.ts';
import { partsOf } from '@signalbox/automation/kit/conditions/conditions.ts';
import { type FieldError, UserError } from '../../../platform/errors.ts';
import { pathText, summary } from '../../../platform/http/field-errors.ts';
import { personFinder } from '../../facts/name-scope.ts';
import type { Reference } from '../../facts/workspace-facts.ts';

/** Its patterns are read in one go, and asked of many rows. */
const MOST_PATTERN_PARTS = 2_500;

/** `filter` of a list: the `when` grammar as JSON (interfaces.md, HTTP); 400 with a path for every mistake. */
export function parseFilter(text: string, type: string | undefined, reference: Reference): Condition {
  const types = type === undefined ? reference.itemTypes : [type];
  const fields = types.flatMap((one) => reference.fieldsOf(one));
  const { condition, problems } = parseCondition(parseJson(text), {
    fields,
    isPerson: personFinder(reference.people),
    stageCodes: [...reference.stages.values()].map(({ code }) => code),
    pipelines: [...reference.pipelines.values()].map(({ name }) => name),
    budget: { patternParts: MOST_PATTERN_PARTS, names: 0 },
  });
  const errors = problems.map(({ path, code, message }) => ({
    path: pathText(['filter', ...path]),
    code: code ?? 'filter',
    message,
  }));
  if (condition === null) throw badFilter(errors);
  const signalPart = partsOf(condition).find(({ field, is }) => /^(signal|rules)\./.test(field) || is === 'changed');
  if (signalPart !== undefined) {
    throw badFilter([
      {
        path: 'filter',
        code: 'no-signal',
        message: `A list has no signal to ask for ${signalPart.field} ${signalPart.is}`,
      },
    ]);
  }
  return condition;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badFilter([
      { path: 'filter', code: 'broken-json', message: 'The filter is not JSON; send the `when` grammar, URL-encoded' },
    ]);
  }
}

function badFilter(errors: readonly FieldError[]): UserError {
  return new UserError({ status: 400, code: 'invalid', title: 'Invalid filter', detail: summary(errors), errors });
}
