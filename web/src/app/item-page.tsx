import { lazy } from 'react';
import { ItemPanel } from '../features/items/item-panel.tsx';

const AutomationTab = lazy(() =>
  import('../features/automation-tab/automation-tab.tsx').then((module) => ({ default: module.AutomationTab })),
);

const TasksTab = lazy(() =>
  import('../features/tasks-tab/tasks-tab.tsx').then((module) => ({ default: module.TasksTab })),
);
const drawn = { tasks: TasksTab, automation: AutomationTab };

/** The item's card with the tabs that other features draw. */
export const ItemPage = () => <ItemPanel drawn={drawn} />;
