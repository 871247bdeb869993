import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrors, pathText, summary } from './field-errors.ts';

const errorsOf = (schema: z.ZodType, value: unknown) => {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : fieldErrors(parsed.error);
};

it('writes a path as people write it', () => {
  expect(pathText(['triggers', 0, 'settings', 'links'])).toBe('triggers[0].settings.links');
  expect(pathText([3, 'payload'])).toBe('[3].payload');
  expect(pathText([])).toBe('');
});

it('names every unknown key and what is missing', () => {
  const schema = z.strictObject({ stages: z.array(z.strictObject({ code: z.string() })) });
  expect(errorsOf(schema, { stages: [{ a: 1 }], b: 2 })).toMatchObject([
    { path: 'stages[0].code', code: 'required' },
    { path: 'stages[0].a', code: 'unknown-key' },
    { path: 'b', code: 'unknown-key' },
  ]);
});

it('of several shapes shows the one that was meant', () => {
  const one = z.strictObject({ kind: z.string(), item: z.int() });
  const schema = z.union([z.array(one), one]);
  expect(
    errorsOf(schema, [
      { kind: 'a', item: 1 },
      { kind: 'a', item: 'x' },
    ]),
  ).toMatchObject([{ path: '[1].item', code: 'type' }]);
  expect(errorsOf(schema, { kind: 'a', item: 'x' })).toMatchObject([{ path: 'item', code: 'type' }]);
});

it('sums up in one line', () => {
  expect(summary([])).toBeUndefined();
  expect(
    summary([
      { path: 'a', code: 'x', message: 'Wrong' },
      { path: 'b', code: 'x', message: 'Too' },
    ]),
  ).toBe('a: Wrong (and 1 more)');
});
