import { describe, expect, it } from 'vitest';
import { hear, makeSignal, workspace } from '../../testing.ts';
import { responsibleChanged } from './responsible-changed.ts';

describe('crm/responsible-changed', () => {
  it.each([
    ['hears anyone', {}, 'item.changed', { changes: [{ field: 'responsible', from: 9, to: 11 }] }, null],
    ['ignores other fields', {}, 'item.changed', { changes: [{ field: 'title', from: 'a', to: 'b' }] }, 'responsible'],
    [
      'knows the new responsible by e-mail',
      { to: ['anna@example.com'] },
      'item.changed',
      { changes: [{ field: 'responsible', from: 9, to: 11 }] },
      null,
    ],
    [
      'ignores another new responsible',
      { to: ['piotr@example.com'] },
      'item.changed',
      { changes: [{ field: 'responsible', from: 9, to: 11 }] },
      'to',
    ],
    [
      'ignores another old responsible',
      { from: ['piotr@example.com'] },
      'item.changed',
      { changes: [{ field: 'responsible', from: 9, to: 11 }] },
      'from',
    ],
    [
      'knows people given with their e-mail',
      { from: ['piotr@example.com'] },
      'item.changed',
      { changes: [{ field: 'responsible', from: { id: 9, email: 'Piotr@example.com' }, to: 11 }] },
      null,
    ],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(responsibleChanged, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });

  it('knows departments and others by the directory', () => {
    const directory = { byEmail: { 'piotr@example.com': 9 }, departments: { Sales: [11] }, roles: {}, heads: {} };
    const given = { workspace: { ...workspace, directory } };
    const signal = makeSignal('item.changed', { changes: [{ field: 'responsible', from: 9, to: 11 }] });
    expect(hear(responsibleChanged, { from: ['piotr@example.com'], to: ['department:Sales'] }, signal, given)).toBe(
      true,
    );
    expect(hear(responsibleChanged, { to: ['department:Legal'] }, signal, given)).not.toBe(true);
  });
});
