import { DIALOG, type Scene } from './scene.ts';

/** A smart process: its board, and where one is made, changed and deleted. */
export const scenesOfTypes: readonly Scene[] = [
  { name: 'smart-process-board', path: '/board/service', shown: '[data-card]' },
  {
    name: 'smart-process-new',
    path: '/board/deal',
    shown: `${DIALOG} input`,
    press: (page, say) => page.getByRole('button', { name: say('itemTypes:make') }).click(),
  },
  {
    name: 'smart-process-delete',
    path: '/settings/itemTypes',
    shown: `${DIALOG} [role=alert]`,
    press: async (page, say) => {
      await page.locator('tbody button').first().click();
      await page.getByRole('menuitem', { name: say('common.delete') }).click();
      await page.getByRole('button', { name: say('itemTypes:removeDo') }).click();
    },
  },
];
