import type { Page } from 'playwright-core';
import { DIALOG, type Scene } from './scene.ts';

const roles = '/settings/roles';

/** What people may do, and how it looks to them. */
export function scenesOfRights(item: string): readonly Scene[] {
  return [
    {
      name: 'role',
      path: roles,
      shown: 'form select',
      press: (page) => page.locator('main tbody a').nth(2).click(),
    },
    {
      name: 'role-administrator',
      path: roles,
      shown: 'form [role=alert]',
      press: (page) => page.locator('main tbody a').first().click(),
    },
    {
      name: 'role-menu',
      path: roles,
      shown: '[role=menu]',
      press: (page, say) =>
        page
          .getByRole('button', { name: new RegExp(`^${say('common.more')}`) })
          .first()
          .click(),
    },
    {
      name: 'roles-of-person',
      path: '/settings/people',
      shown: `${DIALOG} input[type=checkbox]`,
      press: async (page, say) => {
        await openMenu(page, say);
        await page.getByRole('menuitem', { name: say('rights:roles.choose') }).click();
        await page.getByRole('menu').waitFor({ state: 'detached' });
      },
    },
    {
      name: 'take-factors',
      path: '/settings/people',
      shown: `${DIALOG} button`,
      press: async (page, say) => {
        await page
          .getByRole('button', { name: new RegExp(`^${say('common.more')}`) })
          .first()
          .click();
        await page.getByRole('menuitem', { name: say('entrance:take.action') }).click();
        await page.getByRole('menu').waitFor({ state: 'detached' });
      },
    },
    {
      name: 'new-passkey',
      path: '/settings/profile',
      shown: `${DIALOG} input`,
      press: (page, say) => page.getByRole('button', { name: say('entrance:factors.addPasskey') }).click(),
    },
    {
      name: 'who-can-see',
      path: item,
      shown: `${DIALOG} ul li`,
      press: async (page, say) => {
        await page
          .locator(DIALOG)
          .getByRole('button', { name: say('common.more'), exact: true })
          .click();
        await page.getByRole('menuitem', { name: say('item.access') }).click();
        await page.getByRole('menu').waitFor({ state: 'detached' });
        await page.getByText(say('rights:access.automation')).waitFor();
      },
    },
  ];
}

async function openMenu(page: Page, say: (key: string) => string) {
  await page
    .getByRole('button', { name: new RegExp(`^${say('common.more')}`) })
    .last()
    .click();
}
