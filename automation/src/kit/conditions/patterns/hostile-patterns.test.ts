import { expect, it } from 'vitest';
import { parseCondition } from '../condition-parse.ts';
import type { NameScope } from '../names.ts';

const scope: NameScope = { fields: [] };
const reasonOf = (value: string) => {
  const { problems } = parseCondition({ field: 'signal.text', is: 'matches', value }, scope);
  return problems.find(({ path }) => path.at(-1) === 'value')?.message;
};

it.each([
  ['hundreds of counts', '(a?){500}$'],
  ['counts in counts', '((ab){25}){25}'],
  ['a letter hundreds of times', '(\\w{200}){5}'],
  ['choices hundreds of times', '(a|b|c|d){400}z'],
])('a pattern of %s is refused', (_, pattern) => {
  expect(reasonOf(pattern)).toMatch(/too large/);
});

it.each(['(a?){50}$', '\\d{4}-\\d{2}-\\d{2}', '(invoice|faktura|rechnung|fattura|factura)\\s+\\d+'])(
  '%s is taken',
  (pattern) => {
    expect(reasonOf(pattern)).toBeUndefined();
  },
);
