import type { FieldSpec, FieldValue } from '@signalbox/automation/kit/values/values.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalid } from '../../platform/errors.ts';
import { summary } from '../../platform/http/field-errors.ts';
import { loadCountry } from '../client-book/country.ts';
import { readValues } from '../facts/read-values.ts';
import type { Reference } from '../facts/workspace-facts.ts';
import { findMissingTargets } from './check-targets.ts';
import { checkValues } from './check-values.ts';

interface Giving {
  readonly specs: readonly FieldSpec[];
  readonly reference: Reference;
  /** Whose body it is; what they may not see they may not name. */
  readonly rights?: Rights | undefined;
  /** What the record holds already: that may be sent back and named again. */
  readonly before?: Readonly<Record<string, unknown>>;
}

/** The `fields` of a body, by their kinds; 422 with a path for each that does not fit or names what is not there. */
export async function readGivenValues(
  tx: Tx,
  given: Readonly<Record<string, unknown>>,
  { specs, reference: { workspace, people }, rights, before }: Giving,
): Promise<Record<string, FieldValue>> {
  const values = checkValues(given, {
    specs,
    ...{ currency: workspace.currency, country: await loadCountry(tx) },
    people: { byEmail: workspace.directory?.byEmail ?? {}, has: (id) => people.has(id) },
    before: before && readValues(before),
  });
  const missing = await findMissingTargets(tx, values, { specs, rights, before });
  if (missing.length > 0) throw invalid(missing, summary(missing));
  return values;
}
