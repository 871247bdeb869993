import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { visit } from './visit.ts';

describe('meetings/visit', () => {
  it.each([
    ['hears the start by default', {}, 'visit.started', {}, null],
    ['ignores the end by default', {}, 'visit.finished', {}, 'when'],
    ['hears the end when asked to', { when: 'finished' }, 'visit.finished', {}, null],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(visit, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
