import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { until } from './hands/until.ts';
import { makeFirstAccount } from './hands/visitor.ts';

const WHY = 'Klient nie ma adresu e-mail.';
const WHAT_TO_DO = 'Dodaj klientowi adres e-mail; potem uruchom regułę ponownie.';

let page: Page;
let address: string;

beginWith(async ({ world, open }) => {
  page = await open('anna');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  await world.api('PATCH', '/api/v1/me', { language: 'pl' });
  const { body: pipelines } = await world.api('GET', '/api/v1/pipelines?type=deal');
  const [{ id: pipeline, name }] = pipelines.data;
  const mail = { id: 'mail', do: 'clients/email', stage: 'NEW', settings: { subject: 'Oferta', text: 'Dzień dobry' } };
  const file = { type: 'deal', pipeline: name, rules: [mail] };
  expect(await world.api('PUT', `/api/v1/automation/deal/${pipeline}`, file)).toMatchObject({ status: 200 });
  const { body: item } = await world.api('POST', '/api/v1/items', { type: 'deal', pipeline, title: 'Szafa do biura' });
  address = `/board/deal/${pipeline}/items/${item.id}`;
  await until('the rule has failed', async () => {
    const { body } = await world.api('GET', `/api/v1/items/${item.id}/runs`);
    return body.data[0]?.state === 'failed';
  });
});

describe('a rule that failed says why and what to do in the language of the reader', () => {
  it('on the timeline, which leads to the Automation tab', async () => {
    await page.goto(address);
    const entry = page.getByRole('listitem').filter({ hasText: 'Reguła automatyzacji „Wyślij e-mail do klienta”' });
    await entry.getByText(`${WHY} ${WHAT_TO_DO}`).waitFor();
    await entry.getByRole('link', { name: 'Spróbuj ponownie na karcie „Reguły automatyzacji”' }).click();
    await page.getByRole('tab', { name: 'Reguły automatyzacji', selected: true }).waitFor();
  });

  it('in the Automation tab, beside the rule', async () => {
    const run = page.locator('[data-state="failed"]').filter({ hasText: 'Wyślij e-mail do klienta' });
    await run.getByText(WHY, { exact: true }).waitFor();
    await run.getByText(WHAT_TO_DO, { exact: true }).waitFor();
  });
});
