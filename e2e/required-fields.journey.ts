import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { cardIn, makeFirstAccount } from './hands/visitor.ts';
import { violations } from './scenes/screen-checks.ts';

/** On the first stage, as the other; the field is filled in on neither. */
const BARE = 'Product photos';
const DRAGGED = 'Added for the drop';

let page: Page;

beginWith(async ({ world, open }) => {
  page = await open('page');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  await world.ask('POST', '/fields', { type: 'deal', code: 'a_number', name: 'A Number', kind: 'number' });
  const { data } = await world.ask('GET', '/items?type=deal&limit=1');
  await world.ask('POST', '/items', { type: 'deal', title: DRAGGED, pipeline: data[0].pipeline });
});

const panel = () => page.getByRole('dialog').first();
/** The row of the field on the open card. */
const row = (name: string) =>
  panel()
    .locator('div', { has: page.getByText(name, { exact: true }) })
    .last();

describe('what a stage asks for', () => {
  it('is set in the settings of the field', async () => {
    await page.goto('/settings/fields');
    await page.getByRole('button', { name: 'Edit A Number' }).click();
    const dialog = page.getByRole('dialog');
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('Required on').click();
    await page.getByRole('option', { name: 'Contact made' }).click();
    await dialog.getByLabel('Name').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('row', { name: /A Number/ })
      .getByText('Contact made')
      .waitFor();
  });

  it('is asked at the move; giving up moves nothing', async () => {
    await page.goto('/');
    await page.waitForURL('**/board/deal/*');
    await cardIn(page, 'New', BARE).click();
    const stages = panel().getByRole('list', { name: 'Stages' });
    await stages.getByRole('button', { name: 'Contact made' }).click();
    const dialog = page.getByRole('dialog', { name: 'Fill in before moving' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await stages.getByRole('button', { name: 'Contact made' }).click();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('A Number').fill('7');
    await dialog.getByRole('button', { name: 'Fill in and move' }).click();
    await dialog.waitFor({ state: 'detached' });
    await stages.locator('[aria-current=step]', { hasText: 'Contact made' }).waitFor();
    await row('A Number').getByText('7', { exact: true }).waitFor();
  });

  it('is asked when an item is added to the stage; giving up adds nothing and keeps what was typed', async () => {
    await page.goto('/');
    const column = page.locator('[data-stage=CONTACT]');
    await column.getByRole('button', { name: 'Add to Contact made' }).click();
    await column.getByLabel('Title').fill('Added in place');
    await column.getByLabel('Title').press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Fill in before adding' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await column.getByLabel('Title').inputValue()).toBe('Added in place');
    expect(await cardIn(page, 'Contact made', 'Added in place').count()).toBe(0);
    await column.getByLabel('Title').press('Enter');
    await dialog.getByLabel('A Number').fill('5');
    await dialog.getByRole('button', { name: 'Fill in and add' }).click();
    await cardIn(page, 'Contact made', 'Added in place').waitFor();
  });

  it('is asked when a card is dropped on the stage, by keyboard too', async () => {
    await page.goto('/');
    const card = cardIn(page, 'New', DRAGGED);
    await card.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const dialog = page.getByRole('dialog', { name: 'Fill in before moving' });
    await dialog.getByLabel('A Number').fill('3');
    await dialog.getByLabel('A Number').press('Enter');
    await cardIn(page, 'Contact made', DRAGGED).waitFor();
  });
});
