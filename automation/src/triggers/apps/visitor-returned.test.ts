import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { visitorReturned } from './visitor-returned.ts';

describe('apps/visitor-returned', () => {
  it.each([['hears a visitor who comes back', {}, 'visitor.returned', {}, null]])(
    '%s',
    (_what, settings, kind, payload, refused) => {
      const match = hear(visitorReturned, settings, makeSignal(kind, payload));
      expect(match === true ? null : match.setting).toBe(refused);
    },
  );

  it('has no settings', () => expect(visitorReturned.bind({ url: 'x' }).ok).toBe(false));
});
