import { useState } from 'react';
import { QuickAddTask } from '../../../../controls/tasks/quick-add-task.tsx';
import { dayOf } from '../../../../ui/inputs/days.ts';
import type { WritingProps } from '../tab.ts';

export function TaskForm({ item }: WritingProps) {
  const [day, setDay] = useState<string | null>(() => dayOf(new Date()));
  return <QuickAddTask day={day} setDay={setDay} item={item.id} />;
}
