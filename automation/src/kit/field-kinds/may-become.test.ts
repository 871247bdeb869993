import { expect, it } from 'vitest';
import type { FieldKind, FieldSpec } from '../values/values.ts';
import { mayBecome } from './may-become.ts';

const field = (kind: FieldKind, more: Partial<FieldSpec> = {}): FieldSpec => ({
  ...{ code: kind, kind, name: kind, custom: true, ...more },
});
const options = (...names: string[]) => ({ options: names.map((name) => ({ value: name.toUpperCase(), name })) });

it.each<[FieldSpec, FieldSpec, boolean]>([
  [field('text'), field('text'), true],
  [field('text'), field('number'), true],
  [field('text'), field('file'), false],
  [field('number'), field('money'), true],
  [field('number'), field('date'), false],
  [field('date'), field('dateTime'), true],
  [field('date'), field('yesNo'), false],
  [field('yesNo'), field('text'), true],
  [field('file'), field('file'), true],
  [field('file'), field('text'), false],
  [field('client'), field('person'), false],
  [field('text', { multiple: true }), field('text'), false],
  [field('text'), field('text', { multiple: true }), true],
  [field('text'), field('text', { readOnly: true }), false],
  [field('choice', options('Red')), field('choice', options('Red', 'Blue')), true],
  [field('choice', options('Red')), field('choice', options('Blue')), false],
  [field('choice', options('Red')), field('multiChoice', options('Red')), true],
  [field('multiChoice', options('Red')), field('choice', options('Red')), false],
])('%o may become %o: %s', (from, to, holds) => expect(mayBecome(from, to)).toBe(holds));
