import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { webhook } from './webhook.ts';

describe('apps/webhook', () => {
  it.each([
    ['hears its code', { code: 'go' }, 'webhook.called', { code: 'go' }, null],
    ['ignores another code', { code: 'go' }, 'webhook.called', { code: 'stop' }, 'code'],
    ['takes a code letter by letter', { code: 'go' }, 'webhook.called', { code: 'GO' }, 'code'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(webhook, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });

  it('wants a code', () => expect(webhook.bind({ code: ' ' }).ok).toBe(false));
});
