import type { Locator } from 'playwright-core';
import type { Company } from '../company.ts';
import { DIALOG, type Scene } from './scene.ts';

/** The list of a pipeline, its tools, and bringing data in. */
export function scenesOfData({ pipeline, draftImport, doneImport, clientsImport }: Company): readonly Scene[] {
  const list = `/list/deal/${pipeline}`;
  const wizard = `/import/deal?pipeline=${pipeline}`;
  const rows = 'tbody tr';
  return [
    { name: 'list', path: list, shown: rows },
    {
      name: 'list-columns',
      path: list,
      shown: '.mantine-Popover-dropdown input[type=checkbox]',
      press: async (page, say) => {
        await page.locator(rows).first().waitFor();
        await page.getByRole('button', { name: say('lists:list.columns'), exact: true }).click();
      },
    },
    {
      name: 'list-filter',
      path: list,
      shown: `${DIALOG} button`,
      press: async (page, say) => {
        await page.locator(rows).first().waitFor();
        await page.getByRole('button', { name: say('lists:list.filter'), exact: true }).click();
      },
    },
    {
      name: 'list-bulk',
      path: list,
      shown: rows,
      press: async (page, say) => {
        await page.getByRole('checkbox', { name: say('lists:list.selectAll') }).check();
      },
    },
    { name: 'import-file', path: wizard, shown: 'main button' },
    { name: 'import-mapping', path: `${wizard}&id=${draftImport}`, shown: 'main table' },
    {
      name: 'import-preview',
      path: `${wizard}&id=${draftImport}`,
      shown: 'main table',
      press: async (page, say) => {
        const previews = await page.locator('main table').count();
        await page.getByRole('button', { name: say('lists:import.preview') }).click();
        await page.locator('main table').nth(previews).waitFor();
        await toTop(page.getByRole('region', { name: say('lists:import.readings') }));
      },
    },
    {
      name: 'import-update',
      path: `/import/contact?id=${clientsImport}`,
      shown: 'main table',
      press: async (page, say) => {
        await page.getByRole('radio', { name: say('lists:import.update'), exact: true }).check();
        await page.getByRole('button', { name: say('lists:import.preview') }).click();
        await toTop(page.getByRole('table', { name: say('lists:import.changes') }));
      },
    },
    { name: 'import-done', path: `${wizard}&id=${doneImport}`, shown: 'main [role=status]' },
  ];
}

/** What is new of a long page, for the picture. */
const toTop = (part: Locator) => part.evaluate((element) => element.scrollIntoView());
