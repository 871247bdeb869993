import { clientSpecs } from '../../kit/clients/client-fields.ts';
import type { NameScope } from '../../kit/conditions/names.ts';
import { mayBecome } from '../../kit/field-kinds/may-become.ts';
import type { Problem } from '../../kit/settings/problems.ts';
import { type FieldSpec, findFieldSpec, isRecord } from '../../kit/values/values.ts';
import type { Asked } from './places-elsewhere.ts';
import { writtenMisfits } from './written-values.ts';

/** A type of item that is not there. */
export function typeProblems(
  value: unknown,
  path: Problem['path'],
  { names: { tiedFields } }: Asked,
): readonly Problem[] {
  if (tiedFields === undefined || Object.hasOwn(tiedFields, String(value))) return [];
  const known = Object.keys(tiedFields).join(', ');
  const message = `There is no type of item "${String(value)}"; there is ${known}`;
  return [{ path, code: 'unknown-type', message, params: { name: String(value), known } }];
}

/** Fields that are not there, on either side, and what can never be kept by the field into which it goes. */
export function mappingProblems(value: unknown, path: Problem['path'], asked: Asked): readonly Problem[] {
  const { names, settings } = asked;
  const { tiedFields = {} } = names;
  const type = String(settings.type);
  const there = Object.hasOwn(tiedFields, type) ? tiedFields[type] : undefined;
  if (there === undefined || !Array.isArray(value)) return [];
  const seen = new Set<string>();
  return value.filter(isRecord).flatMap((row, index) => {
    const at = [...path, index];
    const code = String(row.field);
    if (seen.has(code))
      return [
        { path: [...at, 'field'], code: 'repeated', message: `"${code}" is filled twice`, params: { name: code } },
      ];
    seen.add(code);
    return rowProblems(row, at, { there, names });
  });
}

interface Mapping {
  /** The fields of what is made. */
  readonly there: readonly FieldSpec[];
  readonly names: NameScope;
}

function rowProblems(row: Readonly<Record<string, unknown>>, at: Problem['path'], { there, names }: Mapping) {
  const target = findFieldSpec(there, String(row.field));
  const wrong = targetProblem(String(row.field), [...at, 'field'], target);
  if (wrong !== undefined || target === undefined) return wrong === undefined ? [] : [wrong];
  if (row.from === undefined)
    return writtenMisfits({ ...row, mode: 'replace' }, { ...names, fields: there }).map((one) => ({
      ...one,
      path: [...at, ...one.path],
    }));
  const from = String(row.from);
  const source = findFieldSpec(names.fields, from);
  if (source === undefined)
    return [
      {
        path: [...at, 'from'],
        code: 'unknown-name',
        message: `The item has no field "${from}"`,
        params: { name: from },
      },
    ];
  if (mayBecome(source, target)) return [];
  const message = `"${from}" (${source.kind}) can never be kept by "${target.code}" (${target.kind})`;
  return [{ path: [...at, 'from'], code: 'never-fits', message, params: { name: from, field: target.code } }];
}

function targetProblem(code: string, path: Problem['path'], target: FieldSpec | undefined): Problem | undefined {
  if (target === undefined)
    return { path, code: 'unknown-name', message: `There is no field "${code}" there`, params: { name: code } };
  return target.readOnly === true
    ? { path, code: 'read-only', message: `The field "${code}" can't be changed`, params: { name: code } }
    : undefined;
}

/** Changes of a contact or company: fields that it does not have, and values that they can never be. */
export function clientChangeProblems(
  value: unknown,
  path: Problem['path'],
  { names, settings }: Asked,
): readonly Problem[] {
  if (!Array.isArray(value) || names.clientFieldsOf === undefined) return [];
  const kind = settings.client === 'company' ? 'company' : 'contact';
  const fields = clientSpecs(kind, names.clientFieldsOf[kind]);
  return value.filter(isRecord).flatMap((row, index) => {
    const at = [...path, index];
    const wrong = targetProblem(String(row.field), [...at, 'field'], findFieldSpec(fields, String(row.field)));
    if (wrong !== undefined) return [wrong];
    return writtenMisfits(row, { ...names, fields }).map((one) => ({ ...one, path: [...at, ...one.path] }));
  });
}
