import type { Page } from 'playwright-core';
import { DIALOG, type Scene } from './scene.ts';

type Say = (key: string) => string;

const menu = (entry: string) => async (page: Page, say: Say) => {
  await page.getByRole('button', { name: say('pipelines:menu.label') }).click();
  await page.getByRole('menuitem', { name: say(`pipelines:menu.${entry}`) }).click();
};

/** Stages in place, the pipelines of a type, and the conversion of a lead. */
export function scenesOfPipelines(board: string): readonly Scene[] {
  const ofStage = (page: Page) => page.locator('[data-stage] header [aria-haspopup=menu]').first().click();
  return [
    { name: 'stage-menu', path: board, shown: '[role=menuitemradio]', press: ofStage },
    {
      name: 'stage-delete',
      path: board,
      shown: `${DIALOG} [role=combobox]`,
      press: async (page, say) => {
        await ofStage(page);
        await page.getByRole('menuitem', { name: say('pipelines:stages.delete'), exact: true }).click();
      },
    },
    { name: 'stages', path: board, shown: `${DIALOG} [data-key]`, press: menu('stages') },
    { name: 'pipelines', path: board, shown: `${DIALOG} [data-key]`, press: menu('manage') },
    {
      name: 'pipeline-new',
      path: board,
      shown: `${DIALOG} [role=combobox]`,
      press: async (page, say) => {
        await menu('new')(page, say);
        await page.getByRole('radio', { name: say('pipelines:create.copy') }).check();
      },
    },
    {
      name: 'lead-convert',
      path: '/board/lead',
      shown: `${DIALOG} fieldset`,
      press: async (page, say) => {
        await page.locator('[data-stage]').first().waitFor();
        await page.goto(`/items/${await addLead(page)}`);
        await page.getByRole('button', { name: say('pipelines:convert.button'), exact: true }).click();
      },
    },
  ];
}

/** As the one who is signed in. */
const addLead = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const response = await fetch('/api/v1/items', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'lead', title: 'Joan Miller', amount: 900, fields: { source: 'Fair' } }),
    });
    return (await response.json()).id;
  });
