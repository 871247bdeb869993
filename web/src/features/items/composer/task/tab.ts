import { ListTodo } from 'lucide-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComposerTab } from '../tab.ts';

const TaskForm = lazy(() => import('./task-form.tsx').then((module) => ({ default: module.TaskForm })));

export const tab: ComposerTab = {
  name: 'task',
  icon: ListTodo,
  useName: () => useTranslation('tasks').t('kinds.task'),
  form: TaskForm,
  isOffered: () => true,
};
