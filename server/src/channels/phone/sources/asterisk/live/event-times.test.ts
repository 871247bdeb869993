import { describe, expect, it } from 'vitest';
import { createEventTimes } from './event-times.ts';

describe('the time of an event', () => {
  const house = (began = 1_000_000) => {
    let ticks = 5;
    let wrong = 0;
    let talking = true;
    const clock = { now: () => new Date(began + ticks - 5 + wrong) };
    const times = createEventTimes(clock, { ticks: () => ticks, isIdle: () => !talking });
    return {
      at: (stamp?: string) => times.at(stamp).getTime() - began,
      pass: (ms: number) => {
        ticks += ms;
      },
      putRight: (ms: number) => {
        wrong = ms;
      },
      hangUp: () => {
        talking = false;
      },
    };
  };

  it('is when it came, where the exchange does not say', () => {
    const { at, pass } = house();
    pass(2_500);

    expect([at(), at('soon'), at('')]).toEqual([2_500, 2_500, 2_500]);
  });

  it('is told by the exchange for what waited on the way, however wrong its clock is', () => {
    const { at, pass } = house();
    expect(at('50.000')).toBe(0);
    pass(60_000);

    expect([at('51.5'), at('80'), at('110')]).toEqual([1_500, 30_000, 60_000]);
  });

  it('is never after it came', () => {
    const { at, pass } = house();
    pass(1_000);
    at('50');

    expect(at('500')).toBe(1_000);
  });

  it('is when it came, where the stamp is no time at all', () => {
    const { at, pass } = house();
    pass(1_000);

    expect(['-1e300', '1e300', '0', 'Infinity', '-5', '1e12'].map(at)).toEqual(Array(6).fill(1_000));
  });

  it('forgets within some minutes that the clock of the exchange was put right, or goes slower', () => {
    const { at, pass } = house();
    at('10000');
    pass(60_000);
    // Five minutes back: as if it had waited so long.
    const first = at('9760');
    const later: number[] = [];
    for (let minute = 2; minute <= 14; minute += 1) {
      pass(60_000);
      later.push(at(String(9_700 + minute * 60)));
    }

    expect(first).toBeLessThan(0);
    expect(later.at(-1)).toBe(14 * 60_000);
  });

  it('follows our own clock that was put right as soon as nobody talks any more', () => {
    const { at, pass, putRight, hangUp } = house();
    at('10000');
    putRight(-3_600_000);
    pass(1_000);
    const talking = [at(), at('10001')];
    hangUp();

    expect([...talking, at(), at('10000.5')]).toEqual([1_000, 1_000, 1_000 - 3_600_000, 500 - 3_600_000]);
  });

  it('begins anew when the clock of the exchange has been put back', () => {
    const { at, pass } = house();
    at('90000');
    pass(1_000);

    expect(at('100')).toBe(1_000);
  });
});
