import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { makeFirstAccount } from './hands/visitor.ts';
import { DIALOG } from './scenes/scene.ts';
import type { World } from './world.ts';

let page: Page;
let world: World;
let automation: string;

beginWith(async (begun) => {
  world = begun.world;
  page = await begun.open('anna');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
  await world.api('PATCH', '/api/v1/me', { language: 'pl' });
  const [line] = await channelsOf('phone-line');
  expect(await world.api('DELETE', `/api/v1/channels/${line?.id}`)).toMatchObject({ status: 204 });
  const { body: pipelines } = await world.api('GET', '/api/v1/pipelines?type=deal');
  const [{ id: pipeline, name }] = pipelines.data;
  const missed = { id: 'missed', on: 'telephony/missed-call', stage: 'NEW' };
  const mail = { id: 'mail', do: 'clients/email', stage: 'NEW', settings: { subject: 'Oferta', text: 'Dzień dobry' } };
  const file = { type: 'deal', pipeline: name, triggers: [missed], rules: [mail] };
  expect(await world.api('PUT', `/api/v1/automation/deal/${pipeline}`, file)).toMatchObject({ status: 200 });
  automation = `/automation/deal/${pipeline}`;
});

async function channelsOf(kind: string): Promise<{ id: number; name: string; enabled: boolean; settings: object }[]> {
  const { body } = await world.api('GET', `/api/v1/channels?kind=${kind}`);
  return body.data;
}

const main = () => page.locator('main');

describe('a trigger that nothing is connected for', () => {
  it('leads to where a line is connected', async () => {
    await page.goto(`${automation}#missed`);
    const panel = page.locator(DIALOG);
    await panel.getByLabel('Nazwa wyzwalacza').fill('Oddzwoń w kwadrans');
    await panel.getByRole('link', { name: 'Podłącz' }).click();

    await page.getByRole('heading', { name: 'Kanały' }).waitFor();
    await page.getByRole('link', { name: 'Linie telefoniczne' }).and(page.locator('[aria-current=page]')).waitFor();
    expect(new URL(page.url()).pathname).toBe('/settings/channels/phone-line');
  });

  it('keeps what is typed there while somebody looks at another page', async () => {
    await page.getByRole('button', { name: 'Dodaj linię' }).click();
    await page.getByRole('menuitem', { name: 'Piaskownica' }).click();
    await main().getByLabel('Numer').fill('+48 22 123 45 67');
    await page.getByRole('link', { name: 'SMS' }).click();
    await page.getByRole('button', { name: 'Dodaj dostawcę SMS' }).waitFor();
    await page.getByRole('link', { name: 'Linie telefoniczne' }).click();

    await expect.poll(() => main().getByLabel('Numer').inputValue()).toBe('+48 22 123 45 67');
    await main().getByRole('button', { name: 'Zapisz' }).click();
    await main().getByRole('heading', { name: '+48 22 123 45 67' }).waitFor();
    expect(await channelsOf('phone-line')).toMatchObject([
      { name: '+48 22 123 45 67', settings: { number: '+48 22 123 45 67', tie: 'all', unknownClient: 'create lead' } },
    ]);
  });

  it('is found again as it was left, and has the line to choose', async () => {
    await main().getByRole('button', { name: 'Wróć do automatyzacji' }).click();
    const panel = page.locator(DIALOG);
    await expect.poll(() => panel.getByLabel('Nazwa wyzwalacza').inputValue()).toBe('Oddzwoń w kwadrans');
    await expect.poll(() => panel.getByRole('link', { name: 'Podłącz' }).count()).toBe(0);
    await panel.getByRole('combobox', { name: 'Linie' }).click();
    await page.getByRole('option', { name: '+48 22 123 45 67' }).click();
    await page.keyboard.press('Tab');
    await panel.getByRole('button', { name: 'Zapisz' }).click();
    await panel.waitFor({ state: 'detached' });
    await page.locator('[data-uid]').filter({ hasText: 'Oddzwoń w kwadrans' }).waitFor();
  });
});

describe('a channel in the settings', () => {
  it('tells a wrong address beside it and keeps the rest', async () => {
    page.once('dialog', (dialog) => void dialog.accept());
    await page.goto('/settings/mailboxes');
    await page.waitForURL('**/settings/channels/mailbox');
    await page.getByRole('button', { name: 'Dodaj skrzynkę' }).click();
    await page.getByRole('menuitem', { name: 'SMTP' }).click();
    const form = main().locator('form').last();
    await form.getByLabel('Adres').fill('biuro');
    await form.getByLabel('Hasło').fill('tajne-haslo');
    await form.getByRole('button', { name: 'Zapisz' }).click();
    await form.getByText('To nie jest adres e-mail.').waitFor();
    await form.getByLabel('Adres').fill('biuro@harbour.test');
    await form.getByRole('button', { name: 'Zapisz' }).click();

    await main().getByRole('heading', { name: 'biuro@harbour.test' }).waitFor();
    expect(await channelsOf('mailbox')).toMatchObject([{}, { settings: { smtpPassword: { set: true } } }]);
  });

  it('shows a password as dots, and never what it is', async () => {
    await page.reload();
    await main().getByRole('button', { name: 'Ustawienia: biuro@harbour.test' }).click();
    const password = main().locator('form').last().getByLabel('Hasło');

    expect([await password.inputValue(), await password.getAttribute('placeholder')]).toEqual(['', '••••••••']);
    expect(await page.content()).not.toContain('tajne-haslo');
  });

  it('is switched off', async () => {
    await main().getByRole('switch', { name: 'biuro@harbour.test: Włączony' }).click();
    await expect.poll(async () => (await channelsOf('mailbox')).map(({ enabled }) => enabled)).toEqual([true, false]);
  });

  it('is deleted when nothing needs it', async () => {
    await main().getByRole('button', { name: 'Usuń: biuro@harbour.test' }).click();
    await page.locator(DIALOG).getByRole('button', { name: 'Usuń', exact: true }).click();
    await expect.poll(async () => (await channelsOf('mailbox')).length).toBe(1);
  });

  it('tells what needs it otherwise, and leads there', async () => {
    await main().getByRole('button', { name: 'Usuń: sales@sandbox.test' }).click();
    const dialog = page.locator(DIALOG);
    await dialog.getByText('sales@sandbox.test jest jeszcze potrzebny').waitFor();
    expect(await dialog.getByRole('button', { name: 'Usuń', exact: true }).count()).toBe(0);
    await dialog.getByRole('link', { name: 'Wyślij e-mail do klienta' }).click();
    await page.waitForURL(`**${automation}#mail`);
    await page.locator(DIALOG).getByRole('button', { name: 'Zapisz' }).waitFor();
  });
});
