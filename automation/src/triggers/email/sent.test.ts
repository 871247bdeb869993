import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { sent } from './sent.ts';

describe('email/sent', () => {
  it.each([
    ['hears people by default', {}, 'email.sent', { by: 'person' }, null],
    ['ignores rules by default', {}, 'email.sent', { by: 'rule' }, 'sentBy'],
    ['hears rules when asked to', { sentBy: 'rules' }, 'email.sent', { by: 'rule' }, null],
    ['ignores people when only rules are asked for', { sentBy: 'rules' }, 'email.sent', { by: 'person' }, 'sentBy'],
    ['hears both', { sentBy: 'both' }, 'email.sent', { by: 'rule' }, null],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(sent, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
