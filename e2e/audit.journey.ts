import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { makeFirstAccount } from './hands/visitor.ts';
import type { World } from './world.ts';

let page: Page;
let world: World;

beginWith(async (begun) => {
  world = begun.world;
  page = await begun.open('anna');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  await world.api('PATCH', '/api/v1/me', { language: 'pl' });
  const { body } = await world.api('POST', '/api/v1/users', { name: '<b>Piotr</b>', email: 'piotr@harbour.test' });
  const change = { roles: ['sales', 'operator'], phone: '+48 600 100 200' };
  expect(await world.api('PATCH', `/api/v1/users/${body.id}`, change)).toMatchObject({ status: 200 });
});

const rows = () => page.locator('main details');

describe('the audit log', () => {
  it('tells in the language of its reader who did what, and shows what a name holds as text', async () => {
    await page.goto('/settings/audit');
    const given = rows().filter({ hasText: 'nadaje osobie' });
    await given.waitFor();
    expect((await given.innerText()).replaceAll(/[\u2068\u2069]/g, '')).toContain('<b>Piotr</b>');
    await given.click();
    await given.getByText('127.0.0.1').waitFor();
  });

  it('unfolds what was there before and after', async () => {
    const changed = rows().filter({ hasText: 'zmienia dane osoby' });
    await changed.click();
    await changed.getByRole('cell', { name: '+48 600 100 200' }).waitFor();
    await changed.getByRole('cell', { name: 'brak' }).waitFor();
  });

  it('finds what is typed, keeps it in the address bar, and says when there is nothing', async () => {
    await page.getByLabel('Szukaj nazwy, adresu lub szczegółu').fill('piotr');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('piotr');
    await expect.poll(async () => (await rows().allInnerTexts()).every((text) => /Piotr/.test(text))).toBe(true);
    await page.getByRole('combobox', { name: 'Co', exact: true }).click();
    await page.getByRole('option', { name: 'Eksporty' }).click();
    await page.getByRole('heading', { name: 'Nic nie znaleziono' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Nic nie znaleziono' }).waitFor();
    expect(await page.getByLabel('Szukaj nazwy, adresu lub szczegółu').inputValue()).toBe('piotr');
  });

  it('leaves as a file, and the log says so', async () => {
    await page.goto('/settings/audit?group=people');
    await rows().first().waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Eksportuj' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('audit.csv');
    await page.goto('/settings/audit?group=exports');
    const exported = rows().filter({ hasText: 'eksportuje dziennik zdarzeń' });
    await exported.click();
    await exported.getByText('group: people').waitFor();
  });
});
