import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { booked } from './booked.ts';

describe('booking/booked', () => {
  it.each([
    ['hears every resource', {}, 'booking.created', { resource: 4 }, null],
    ['ignores another resource', { resources: [5] }, 'booking.created', { resource: 4 }, 'resources'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(booked, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
