import { DIALOG, type Scene } from './scene.ts';

const LINE = 'main [data-row-link]';

/** What waits: by day, chosen to be moved or cancelled, and by rule. */
export const scenesOfPlanned: readonly Scene[] = [
  { name: 'planned', path: '/planned', shown: LINE },
  { name: 'planned-rules', path: '/planned?show=rules', shown: 'main h2' },
  { name: 'planned-none', path: '/planned?kind=delivery', shown: 'main h2' },
  {
    name: 'planned-move',
    path: '/planned',
    shown: `${DIALOG} form`,
    press: async (page, say) => {
      await page.locator('main header input[type=checkbox]:enabled').first().check();
      await page.getByRole('button', { name: say('planned:bulk.move'), exact: true }).click();
    },
  },
  {
    name: 'planned-cancel',
    path: '/planned',
    shown: `${DIALOG} button[data-autofocus]`,
    press: async (page, say) => {
      await page.locator('main header input[type=checkbox]:enabled').first().check();
      await page.getByRole('button', { name: say('planned:bulk.cancel'), exact: true }).click();
    },
  },
];
