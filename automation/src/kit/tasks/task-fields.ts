import { taskStatusChanged } from '../../signals/task.ts';
import type { FieldKind, FieldSpec } from '../values/values.ts';
import { isRecord } from '../values/values.ts';
import { languages } from '../words/languages.ts';

/** What conditions and texts may name of the task that a signal tells of: `task.title`, `task.responsible` … (triggers.md, Tasks). */
const kinds: Readonly<Record<string, FieldKind>> = {
  id: 'number',
  title: 'text',
  description: 'text',
  status: 'text',
  previous: 'text',
  kind: 'text',
  responsible: 'person',
  department: 'text',
  creator: 'person',
  deadline: 'dateTime',
};

/** As the payload of the signal calls them. */
const inPayload = (code: string) => (code === 'id' ? 'task' : code);

export const taskFields: readonly FieldSpec[] = Object.entries(kinds).map(([code, kind]) => ({
  code,
  kind,
  name: Object.fromEntries(
    languages.map((language) => [language, taskStatusChanged.fieldIn(language, inPayload(code))]),
  ),
  custom: false,
}));

/** The kind of signal that tells of a task. */
export const TASK_SIGNAL = taskStatusChanged.kind;

/** The values of the task; empty for any other signal. */
export function taskValues(
  signal: { readonly kind: string; readonly payload: unknown } | null | undefined,
): Readonly<Record<string, unknown>> {
  if (signal?.kind !== TASK_SIGNAL || !isRecord(signal.payload)) return {};
  const { payload } = signal;
  return Object.fromEntries(taskFields.map(({ code }) => [code, payload[inPayload(code)] ?? null]));
}
