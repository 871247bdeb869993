import { Buffer } from 'node:buffer';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { until } from './hands/until.ts';
import { cardIn, makeFirstAccount } from './hands/visitor.ts';
import { overhang, violations } from './scenes/screen-checks.ts';

const DEAL = 'Loyalty cards';
const OTHER = 'Fleet tracking';
/** Columns that everybody begins with. */
const BEFORE = 5;

let page: Page;

beginWith(async ({ open }) => {
  page = await open('page');
  await makeFirstAccount(page, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

const panel = () => page.getByRole('dialog').first();
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Kind {
  /** As the form calls it. */
  readonly kind: string;
  readonly options?: readonly string[];
  fill(editor: Locator): Promise<void>;
  /** What the card shows afterwards. */
  readonly shown: string | RegExp;
}

const typed = (text: string) => async (input: Locator) => {
  await input.fill(text);
  await input.press('Enter');
};
const typedMoment = (day: string, time: string) => async (input: Locator) => {
  await input.fill(day);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(time);
  await page.keyboard.press('Enter');
};
const chosen =
  (...names: readonly string[]) =>
  async (input: Locator) => {
    for (const name of names) {
      await input.click();
      await page.getByRole('option', { name, exact: true }).click();
    }
    await page.keyboard.press('Tab');
  };
const found = (text: string, option: RegExp) => async (input: Locator) => {
  await input.fill(text);
  await page.getByRole('option', { name: option }).first().click();
};

const kinds: readonly Kind[] = [
  { kind: 'Text', fill: typed('North gate'), shown: 'North gate' },
  { kind: 'Number', fill: typed('12.5'), shown: '12.5' },
  { kind: 'Money', fill: typed('1500'), shown: /1,500/ },
  { kind: 'Date', fill: typed('24/12/2026'), shown: '24 Dec 2026' },
  { kind: 'Date and time', fill: typedMoment('24.12.26', '09:30'), shown: /24 Dec 2026.*09:30/ },
  { kind: 'Yes/No', fill: chosen('Yes'), shown: 'Yes' },
  { kind: 'Choice', options: ['Small', 'Large'], fill: chosen('Large'), shown: 'Large' },
  { kind: 'Several choices', options: ['Red', 'Green', 'Blue'], fill: chosen('Red', 'Blue'), shown: /Red\s*Blue/ },
  { kind: 'Person', fill: chosen('Anna Nowak'), shown: 'Anna Nowak' },
  { kind: 'Client', fill: found('Harbour', /Harbour Bakery/), shown: /Harbour Bakery/ },
  { kind: 'Item', fill: found('Fleet', /Fleet tracking/), shown: OTHER },
  {
    kind: 'File',
    fill: async () => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Choose a file: A File' }).click(),
      ]);
      await chooser.setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: pixel });
    },
    shown: /photo\.png/,
  },
  { kind: 'Link', fill: typed('shop.example/offer'), shown: 'shop.example/offer' },
  { kind: 'Phone', fill: typed('600 100 200'), shown: '+48600100200' },
  { kind: 'E-mail', fill: typed('Anna@Shop.example'), shown: 'anna@shop.example' },
  { kind: 'Address', fill: typed('Long Street 1, Gdynia'), shown: 'Long Street 1, Gdynia' },
];

const nameOf = ({ kind }: Kind) => `A ${kind}`;

async function createField({ kind, options = [] }: Pick<Kind, 'kind' | 'options'>, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Create field' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Type').and(page.locator('input')).first().click();
  await page.getByRole('option', { name: kind, exact: true }).click();
  for (const option of options) {
    await dialog.getByLabel('Options').fill(option);
    await dialog.getByLabel('Options').press('Enter');
  }
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The row of a field on the open card: its editor while it is edited, its value otherwise. */
const row = (name: string) =>
  panel()
    .locator('div', { has: page.getByText(name, { exact: true }) })
    .last();
const edit = (name: string) => panel().getByRole('button', { name: `Edit ${name}`, exact: true });

describe('fields of every kind', () => {
  it('are made on the card of a deal: type, name, done', async () => {
    await cardIn(page, 'New', DEAL).click();
    for (const kind of kinds) {
      await panel().getByRole('button', { name: 'Create field' }).click();
      await createField(kind, nameOf(kind));
      await edit(nameOf(kind)).waitFor();
    }
  });

  it.each(kinds)('$kind is filled in on the card', async (kind) => {
    const name = nameOf(kind);
    await edit(name).click();
    await kind.fill(panel().getByLabel(name, { exact: true }).and(page.locator('input:visible')).last());
    // It stays open for a further one; while it is saved it is nobody's turn.
    if (kind.kind === 'File') await page.getByRole('button', { name: /: A File$/ }).press('Escape');
    await edit(name).waitFor();
    await row(name).getByText(kind.shown).first().waitFor();
  });

  it('are there after a reload', async () => {
    await page.reload();
    for (const kind of kinds) await row(nameOf(kind)).getByText(kind.shown).first().waitFor();
    const picture = row('A File').locator('img');
    await picture.scrollIntoViewIfNeeded();
    await until('the picture is shown', () =>
      picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth === 1),
    );
  });

  it('are drawn so that axe finds nothing, while a file is edited, too', async () => {
    expect(await violations(page)).toEqual([]);
    await edit('A File').click();
    await panel().getByRole('button', { name: 'Choose another file: A File' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await edit('A Client').click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await overhang(page)).toEqual([]);
  });

  it('refuse what does not fit beside the field, and keep what was typed', async () => {
    await edit('A E-mail').click();
    const input = panel().getByLabel('A E-mail').and(page.locator('input:visible')).last();
    await typed('not an address')(input);
    await row('A E-mail')
      .getByText(/Expected an e-mail address/)
      .waitFor();
    expect(await input.inputValue()).toBe('not an address');
    await input.press('Escape');
    await row('A E-mail').getByText('anna@shop.example').waitFor();
  });

  it('leave the card open at an Escape while what was given is being kept, and say then that it does not fit', async () => {
    const items = '**/api/v1/items/*';
    let hear = () => {};
    const heard = new Promise<void>((resolve) => {
      hear = resolve;
    });
    await page.route(items, async (route) => {
      if (route.request().method() === 'PATCH') await heard;
      await route.continue();
    });
    await edit('A E-mail').click();
    const input = panel().getByLabel('A E-mail').and(page.locator('input:visible')).last();
    await typed('nobody')(input);
    await panel().locator('[aria-busy="true"]').waitFor();
    await page.keyboard.press('Escape');
    hear();
    await row('A E-mail')
      .getByText(/Expected an e-mail address/)
      .waitFor();
    expect(await input.inputValue()).toBe('nobody');
    await input.press('Escape');
    await row('A E-mail').getByText('anna@shop.example').waitFor();
    await page.unroute(items);
  });

  it('keep an amount in the currency that was chosen', async () => {
    await edit('A Money').click();
    await panel().getByRole('combobox', { name: 'Currency' }).click();
    await page.getByRole('option', { name: 'USD', exact: true }).click();
    await panel().getByRole('textbox', { name: 'A Money' }).press('Enter');
    await row('A Money')
      .getByText(/(US\$|USD)\s?1,500/)
      .waitFor();
  });

  it('a link that would run something is refused', async () => {
    await edit('A Link').click();
    const input = panel().getByLabel('A Link').and(page.locator('input:visible')).last();
    await typed('javascript:alert(1)')(input);
    await row('A Link')
      .getByText(/Expected a web address/)
      .waitFor();
    await input.press('Escape');
  });
});

describe('the columns of the list', () => {
  it('are chosen one right after another, every kind of field, and stay chosen', async () => {
    const chosen = kinds.map(({ kind }) => `A ${kind}`);
    await page.goto('/');
    await page.waitForURL('**/board/deal/*');
    await page.getByRole('link', { name: 'List', exact: true }).click();
    await page.getByRole('button', { name: 'Columns' }).click();
    for (const name of chosen) await page.getByLabel(name, { exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: chosen.at(-1) ?? '' }).waitFor();
    await until('all of them to be kept', async () => (await keptColumns()) === BEFORE + chosen.length);
    await page.reload();
    for (const name of chosen) await page.getByRole('columnheader', { name, exact: true }).waitFor();
    await page
      .getByRole('row', { name: new RegExp(DEAL) })
      .getByText('North gate')
      .waitFor();
  });
});

/** How many columns the server keeps for Anna's list of deals: at first those that everybody begins with. */
async function keptColumns(): Promise<number> {
  const { preferences } = await (await page.request.get('/api/v1/me')).json();
  return preferences['list deal']?.columns.length ?? 0;
}
