import {
  type Task,
  task,
  type taskBody,
  taskComment,
  type taskCommentBody,
  type taskPatch,
  type tasksChangeBody,
  tasksChanged,
} from '@signalbox/contract/tasks.ts';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { Refusal } from '../transport/errors.ts';
import { read, write, writeAndRead } from '../transport/request.ts';
import { taskQuery } from './tasks.ts';

export type TaskBody = z.input<typeof taskBody>;
export type TaskPatch = z.input<typeof taskPatch>;
type Checklist = Task['checklist'];

export function useAddTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TaskBody) => writeAndRead('POST', '/api/v1/tasks', { answer: task, body }),
    onSuccess: (made) => {
      client.setQueryData(taskQuery(made.id).queryKey, made);
      return refetchLists(client);
    },
  });
}

const patchTask = (id: number, body: TaskPatch) => writeAndRead('PATCH', `/api/v1/tasks/${id}`, { answer: task, body });

/** Only what was changed is sent: what somebody else changed meanwhile stays. */
export function useSaveTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: TaskPatch & { id: number }) => patchTask(id, body),
    onSuccess: (saved) => keepSaved(client, saved),
  });
}

/** A list is saved whole: when somebody else's save came between, the change is made on theirs. */
export function useSaveChecklist(id: number) {
  const client = useQueryClient();
  const key = taskQuery(id).queryKey;
  return useMutation({
    scope: { id: `checklist ${id}` },
    mutationFn: async (change: (steps: Checklist) => Checklist) => {
      const known = client.getQueryData(key) ?? (await readTask(id));
      return saveSteps(known, change).catch(async (error: unknown) => {
        if (!(error instanceof Refusal) || error.status !== 409) throw error;
        return saveSteps(await readTask(id), change);
      });
    },
    onSuccess: (saved) => keepSaved(client, saved),
  });
}

const readTask = (id: number) => read(`/api/v1/tasks/${id}`, { answer: task });

const saveSteps = ({ id, checklist, updatedAt }: Task, change: (steps: Checklist) => Checklist) =>
  patchTask(id, { checklist: change(checklist), expectedUpdatedAt: updatedAt });

export function useDeleteTasks() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly number[]) =>
      writeAndRead('POST', '/api/v1/tasks/delete', { answer: tasksChanged, body: { ids } }),
    onSuccess: () => refetchLists(client),
  });
}

export const deleteTask = (id: number) => write('DELETE', `/api/v1/tasks/${id}`);

/** The same change of several at once. */
export function useChangeTasks() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof tasksChangeBody>) =>
      writeAndRead('POST', '/api/v1/tasks/change', { answer: tasksChanged, body }),
    onSuccess: () => Promise.all([refetchLists(client), client.invalidateQueries({ queryKey: ['task'] })]),
  });
}

export function useAddTaskComment(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof taskCommentBody>) =>
      writeAndRead('POST', `/api/v1/tasks/${id}/comments`, { answer: taskComment, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['task', id] }),
  });
}

function keepSaved(client: QueryClient, saved: Task): Promise<unknown> {
  client.setQueryData(taskQuery(saved.id).queryKey, saved);
  const about = [['task', saved.id, 'history'], ...(saved.item === null ? [] : [['timeline', saved.item]])];
  return Promise.all([refetchLists(client), ...about.map((queryKey) => client.invalidateQueries({ queryKey }))]);
}

const refetchLists = (client: QueryClient) => client.invalidateQueries({ queryKey: ['tasks'] });
