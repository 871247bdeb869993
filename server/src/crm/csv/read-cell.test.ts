import { keepsValue } from '@signalbox/automation/kit/field-kinds/keeps-value.ts';
import { type FieldKind, type FieldSpec, fieldKinds, isEmpty } from '@signalbox/automation/kit/values/values.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CellScope, readCell } from './read-cell.ts';

const scope: CellScope = {
  ...{ order: 'dmy', decimal: '.', timeZone: 'UTC', currency: 'PLN' },
  people: new Map([['anna', 3]]),
};
const spec = (kind: FieldKind): FieldSpec => ({
  ...{ code: 'f', kind, name: 'F', custom: true },
  multiple: kind === 'multiChoice',
});

it('a cell that is read is a value that the field keeps, as from people, rules and the API', () => {
  const given = fc.oneof(
    fc.string(),
    fc.constantFrom('31.01.2026 14:45', '2026-02-31', '€ 3.500,00', '5 zł', '12', 'Anna <Anna@Firm.test>', 'contact:5'),
    fc.constantFrom('+48 600 100 200', 'shop.test/a', 'javascript:alert(1)', 'anna', '-1', '1e300', 'tak', '7'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...fieldKinds), given, (kind, text) => {
      const read = readCell(text, spec(kind), scope);
      if (!isEmpty(read.value)) expect(keepsValue(read.value, spec(kind))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
