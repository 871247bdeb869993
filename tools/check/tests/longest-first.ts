import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest, in this order: the first ones go beside each other, so that those that mostly wait stand beside
 * one that works. Nothing knows it in a fresh clone, where vitest goes by the size of files.
 */
const LONG = [
  'tools/chaos/chaos.',
  'tools/attacks/peers.',
  'tools/attacks/tables.',
  'tools/attacks/employees.',
  'tools/chaos/cases/',
  'server/src/cli.',
  'sources/asterisk/asterisk.',
  'tools/chaos/stop-under-load.',
  'tools/attacks/',
  'embedded-postgres.integration',
  'e2e/scenes/',
  'e2e/seeds/seed-003',
  'e2e/seeds/',
  'e2e/fields.',
  'e2e/rights.',
  'e2e/import.',
  'e2e/inputs.',
  'e2e/stop.',
];

/** For vitest: what takes longest begins first, so that no worker is left alone with it in the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((part) => moduleId.includes(part));
  return place === -1 ? LONG.length : place;
}
