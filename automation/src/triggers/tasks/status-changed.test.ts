import { describe, expect, it } from 'vitest';
import { taskStatuses } from '../../kit/values/task-statuses.ts';
import { hear, makeSignal } from '../../testing.ts';
import { statusChanged } from './status-changed.ts';

describe('tasks/status-changed', () => {
  it.each([
    ['hears every status', {}, { status: 'deferred' }, null],
    ['hears the chosen status', { statuses: ['completed'] }, { status: 'completed' }, null],
    ['ignores another status', { statuses: ['completed'] }, { status: 'new' }, 'statuses'],
    ['knows what statuses were called before', { statuses: ['inProgress'] }, { status: 'in-progress' }, null],
    ['also when one comes from outside', { statuses: ['supposedly-completed'] }, { status: 'waitingForControl' }, null],
    ['does not take one that is gone for every one', { statuses: ['declined'] }, { status: 'completed' }, 'statuses'],
  ])('%s', (_what, settings, payload, refused) => {
    const match = hear(statusChanged, settings, makeSignal('task.status-changed', payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });

  it('knows the statuses of tasks and no others', () => {
    expect(statusChanged.bind({ statuses: taskStatuses }).ok).toBe(true);
    expect(statusChanged.bind({ statuses: ['done'] }).ok).toBe(false);
  });
});
