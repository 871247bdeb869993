import type { NameScope } from '../../kit/conditions/names.ts';
import { coerceValue } from '../../kit/field-kinds/coerce.ts';
import { takesSeveral } from '../../kit/field-kinds/index.ts';
import { shownAs } from '../../kit/field-kinds/scalars.ts';
import type { Problem } from '../../kit/settings/problems.ts';
import { isPersonRef } from '../../kit/values/people.ts';
import { type FieldSpec, type FieldValue, findFieldSpec, isEmpty } from '../../kit/values/values.ts';
import { Impossible } from '../../kit/words/impossible.ts';

/** What would fail every time that a rule writes it: a value without a template that the field can't be, or one to append where one is kept. */
export function writtenMisfits(
  change: Readonly<Record<string, unknown>>,
  { fields, isPerson }: NameScope,
): readonly Problem[] {
  const field = String(change.field);
  const spec = findFieldSpec(fields, field);
  if (spec === undefined) return [];
  if (change.mode === 'append' && !takesSeveral(spec))
    return [
      {
        path: ['mode'],
        code: 'append-one',
        message: `The field "${field}" holds one value: nothing can be appended`,
        params: { name: field },
      },
    ];
  const values = literalsOf(change.value);
  if (values === undefined) return [];
  if (field === 'title' && isEmpty(values))
    return [{ path: ['value'], code: 'required', message: 'A title must not be empty' }];
  return severalInOne(values, spec) ?? misfitsOf(values, spec, isPerson ?? (() => true));
}

// Of people the first who is there is meant; of anything else all but one would be lost.
function severalInOne(values: FieldValue, spec: FieldSpec): readonly Problem[] | undefined {
  if (!Array.isArray(values) || values.length < 2 || takesSeveral(spec) || spec.kind === 'person') return undefined;
  const value = values.map(shownAs).join(', ');
  const message = `The field "${spec.code}" holds one value, not ${values.length}: ${value}`;
  return [{ path: ['value'], code: codes[spec.kind] ?? 'fit-text', message, params: { value, ...optionsOf(spec) } }];
}

function misfitsOf(values: FieldValue, spec: FieldSpec, isPerson: (name: string) => boolean): readonly Problem[] {
  try {
    const kept = coerceValue(values, { spec, field: spec.code, currency: 'EUR', timeZone: 'UTC' });
    const people = spec.kind === 'person' ? [kept].flat().map(String) : [];
    const nobody = isEmpty(kept) ? undefined : people.find((name) => !isPerson(name) && !isRef(name));
    return nobody === undefined
      ? []
      : [
          {
            path: ['value'],
            code: 'fit-person',
            message: `There is no employee "${nobody}"`,
            params: { value: nobody },
          },
        ];
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
    const { value = '', kind = '' } = error.reason.params;
    const message = `This would fail every time: ${error.message}`;
    return [{ path: ['value'], code: codes[kind] ?? 'fit-text', message, params: { value, ...optionsOf(spec) } }];
  }
}

const codes: Readonly<Record<string, string>> = {
  ...{ number: 'fit-number', money: 'fit-money', currency: 'fit-currency', date: 'fit-day', dateTime: 'fit-day' },
  ...{
    yesNo: 'fit-yes-no',
    choice: 'fit-option',
    multiChoice: 'fit-option',
    person: 'fit-person',
    client: 'fit-client',
  },
  ...{ item: 'fit-item', file: 'fit-item', link: 'fit-link', phone: 'fit-phone', email: 'fit-email' },
};

function optionsOf({ options = [] }: FieldSpec): Readonly<Record<string, string>> {
  return options.length === 0 ? {} : { options: options.map(({ name }) => name).join(', ') };
}

// An address that nobody has is nobody; the other references are looked up where they are known.
const isRef = (name: string) => isPersonRef(name) && !name.includes('@');

/** Undefined: something in it is a template, which only the item can tell. */
function literalsOf(value: unknown): FieldValue | undefined {
  if (Array.isArray(value)) {
    const all = value.map(literalOf);
    return all.includes(undefined) ? undefined : all.filter((one) => one !== undefined);
  }
  return literalOf(value);
}

function literalOf(value: unknown) {
  if (typeof value === 'string') return /\{\{|\{%/.test(value) ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}
