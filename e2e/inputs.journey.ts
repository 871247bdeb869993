import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { speaker, spoken } from './hands/texts.ts';
import { makeFirstAccount } from './hands/visitor.ts';
import type { World } from './world.ts';

let world: World;
let page: Page;

beginWith(async ({ world: begun, open }) => {
  world = begun;
  page = await open('page');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

/** What somebody types who writes in that language, and what it means. */
const typed: Readonly<Record<string, { readonly day: string; readonly amount: string; readonly rate: string }>> = {
  en: { day: '10/12/2026', amount: '1,234.50', rate: '4.3125' },
  pl: { day: '10.12.2026', amount: '1 234,50', rate: '4,3125' },
  es: { day: '10/12/2026', amount: '1.234,50', rate: '4,3125' },
  it: { day: '10/12/26', amount: '1.234,50', rate: '4,3125' },
  pt: { day: '10-12-2026', amount: '1.234,50', rate: '4,3125' },
};

async function speak(language: string) {
  await world.api('PATCH', '/api/v1/me', { language });
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
  return speaker(language);
}
const get = async (path: string) => (await world.api('GET', `/api/v1${path}`)).body;

it.each(spoken)('a day, an amount and a rate typed in %s mean what they mean there', async (language) => {
  const { day = '', amount = '', rate = '' } = typed[language] ?? {};
  const say = await speak(language);

  await page.goto('/settings/workingTime');
  await page.getByLabel(say('workingTime:firstDay')).pressSequentially(day);
  await page.keyboard.press('Escape');
  await page.getByLabel(say('workingTime:reason'), { exact: true }).fill(language);
  await page.getByRole('button', { name: say('workingTime:addAbsence') }).click();
  await page.getByText(language, { exact: true }).waitFor();
  const absences: { reason: string; from: string }[] = (await get('/absences')).data;
  expect(absences.find(({ reason }) => reason === language)?.from).toBe('2026-12-10');

  await page.goto('/');
  await page
    .getByRole('button', { name: new RegExp(say('board.addTo').replace('{{stage}}', '.+')) })
    .first()
    .click();
  await page.getByLabel(say('board.title')).fill(`Deal ${language}`);
  await page.getByLabel(say('fields.amount'), { exact: true }).pressSequentially(amount);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: `Deal ${language}` }).waitFor();
  expect(await page.getByLabel(say('fields.amount'), { exact: true }).inputValue()).toBe('');
  const [deal] = (await get(`/items?q=${encodeURIComponent(`Deal ${language}`)}`)).data;
  expect(deal.amount).toBe(1234.5);

  await page.goto('/settings/currencies');
  const field = page.getByLabel(say('currencies:rate').replace('{{code}}', 'CHF').replace('{{base}}', deal.currency));
  if (!(await field.isVisible())) {
    await page.getByRole('combobox', { name: say('currencies:add') }).fill('CHF');
    await page.getByRole('option', { name: /CHF/ }).click();
  }
  await field.fill('');
  await field.pressSequentially(rate);
  await page.keyboard.press('Tab');
  expect(await field.inputValue()).toBe(rate);
});

it('what is no day and what is no number is named, and changes nothing', async () => {
  const say = await speak('pl');
  await page.goto('/settings/workingTime');
  const field = page.getByLabel(say('workingTime:firstDay'));
  await field.pressSequentially('32.12.2026');
  await page.keyboard.press('Tab');
  await page.getByText('„32.12.2026” nie jest datą').waitFor();
  expect(await field.inputValue()).toBe('');

  await page.goto('/settings/currencies');
  await page.getByRole('combobox', { name: say('currencies:add') }).fill('SEK');
  await page.getByRole('option', { name: /SEK/ }).click();
  await page.keyboard.type('cztery');
  await page.keyboard.press('Tab');
  await page.getByText('„cztery” nie jest pasującą tu liczbą').waitFor();
  expect(await page.getByRole('button', { name: say('common.save') }).isDisabled()).toBe(true);
});
