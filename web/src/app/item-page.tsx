import { lazy } from 'react';
import { ItemPanel } from '../features/items/item-panel.tsx';

const AutomationTab = lazy(() =>
  import('../features/automation-tab/automation-tab.tsx').then((module) => ({ default: module.AutomationTab })),
);

/** The item's card with the tab that another feature draws. */
export const ItemPage = () => <ItemPanel automationTab={AutomationTab} />;
