import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { instantOf, wallText } from './time.ts';

const zone = fc.constantFrom('Europe/Warsaw', 'America/Sao_Paulo', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');

describe('the short ways of reading and writing moments', () => {
  it('write what the calendar library writes, over every change of the clocks (property)', () => {
    const instant = fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(9990, 0) });
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        expect(wallText(at, timeZone)).toBe(DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm'));
      }),
      { numRuns: 500 },
    );
  });

  it('read what the database gives, wherever it is read (property)', () => {
    const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        expect(instantOf(new Date(at).toISOString(), timeZone)).toBe(at);
      }),
    );
    expect(instantOf('2026-02-30T10:00:00.000Z', 'UTC')).toBeUndefined();
    expect(instantOf('2026-02-20T25:00:00.000Z', 'UTC')).toBeUndefined();
  });
});
