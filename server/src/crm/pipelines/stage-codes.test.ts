import { expect, test } from 'vitest';
import { withCodes } from './stage-codes.ts';

const codesOf = (names: readonly string[], taken: readonly string[] = []) =>
  withCodes(
    names.map((name) => ({ name, kind: 'open' as const })),
    taken,
  ).map(({ code }) => code);

test('a new stage gets a code of plain letters from its name', () => {
  expect(codesOf(['Offer sent', 'Wysłano ofertę', '  – ', '注文'])).toEqual([
    'OFFER_SENT',
    'WYSLANO_OFERTE',
    'STAGE',
    'STAGE_2',
  ]);
});

test('a code that is there, or was there a moment ago, is not used again', () => {
  expect(codesOf(['New', 'New'], ['NEW'])).toEqual(['NEW_2', 'NEW_3']);
});

test('a stage keeps the code that it has, whatever its name becomes', () => {
  expect(withCodes([{ code: 'NEW', name: 'Fresh', kind: 'open' }], ['NEW'])).toEqual([
    { code: 'NEW', name: 'Fresh', kind: 'open' },
  ]);
});
