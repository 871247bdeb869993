import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { statusChanged } from './status-changed.ts';

describe('tasks/status-changed', () => {
  it.each([
    ['hears every status', {}, 'task.status-changed', { status: 'deferred' }, null],
    ['hears the chosen status', { statuses: ['completed'] }, 'task.status-changed', { status: 'completed' }, null],
    ['ignores another status', { statuses: ['completed'] }, 'task.status-changed', { status: 'new' }, 'statuses'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(statusChanged, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
