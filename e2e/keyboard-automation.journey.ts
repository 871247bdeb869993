import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { type Company, foundCompany, furnishCompany, OWNER } from './company.ts';
import { type Keys, keysOf } from './hands/keys.ts';
import { speaker } from './hands/texts.ts';
import { signIn } from './hands/visitor.ts';
import type { World } from './world.ts';

const say = speaker('en');

let world: World;
let page: Page;
let keys: Keys;
let company: Company;

beginWith(async (beginning) => {
  world = beginning.world;
  page = await beginning.open('page');
  keys = keysOf(page);
  await foundCompany(world, 'en');
  company = await furnishCompany(world, 'en');
  await page.goto(`/automation/deal/${company.pipeline}`);
  await signIn(page, OWNER.email, OWNER.password);
  await triggers('Interested').getByText('E-mail opened').waitFor();
});

const triggers = (stage: string) => page.getByRole('list', { name: `Triggers of ${stage}` });
const rules = (stage: string) => page.getByRole('list', { name: `Automation rules of ${stage}` });
const cardOf = (list: Locator, name: string) =>
  list.locator('[data-uid] button[aria-haspopup=dialog]').filter({ hasText: name });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');

describe('the automation screen without a mouse', () => {
  it('begins a condition in the settings of a trigger, and gives it up', async () => {
    // Its actions appear when the card has the focus.
    await keys.tabTo(cardOf(triggers('Negotiation'), 'E-mail received'));
    await keys.press(triggers('Negotiation').getByRole('button', { name: 'Edit E-mail received' }));
    await keys.press(dialog().getByRole('button', { name: say('automation:condition.add') }));
    await dialog()
      .getByRole('combobox', { name: say('automation:condition.field') })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('carries a trigger to the next stage and back again by undo', async () => {
    await keys.press(triggers('Negotiation').getByRole('button', { name: 'Move E-mail received' }), 'Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await triggers('Invoice').getByText('E-mail received').waitFor();
    await page.keyboard.press('Control+z');
    await triggers('Negotiation').getByText('E-mail received').waitFor();
    expect(await triggers('Invoice').getByText('E-mail received').count()).toBe(0);
  });

  it('copies one while it is carried with Ctrl', async () => {
    await keys.press(triggers('Negotiation').getByRole('button', { name: 'Move E-mail received' }), 'Control+Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await triggers('Invoice').getByText('E-mail received').waitFor();
    expect(await triggers('Negotiation').getByText('E-mail received').count()).toBe(1);
  });

  it('copies a rule by its button to another stage', async () => {
    await keys.tabTo(cardOf(rules('Offer sent'), 'Add notification'));
    await keys.press(rules('Offer sent').getByRole('button', { name: 'Copy Add notification' }));
    const stage = dialog().getByRole('combobox', { name: 'Stage' });
    await keys.press(stage);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const chosen = await stage.inputValue();
    await keys.press(dialog().getByRole('button', { name: say('automation:copy.copyButton') }));
    await dialog().waitFor({ state: 'detached' });
    await rules(chosen).getByText('Add notification').first().waitFor();
  });

  it('selects two and deletes them', async () => {
    const bodies = page.locator('[data-uid] button[aria-haspopup=dialog]');
    await keys.press(bodies.filter({ hasText: 'Webhook' }), 'Control+Enter');
    await keys.press(
      bodies.filter({ hasText: 'Link clicked' }).or(bodies.filter({ hasText: 'link clicked' })),
      'Control+Enter',
    );
    await keys.press(page.getByRole('region', { name: 'Selected cards' }).getByRole('button', { name: 'Delete' }));
    await triggers('Won').getByText('Webhook').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await triggers('Won').getByText('Webhook').waitFor();
  });

  it('turns a rule off and saves the page', async () => {
    await keys.press(rules('Won').getByRole('switch').first(), 'Space');
    await keys.press(page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }));
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
    const { body } = await world.api('GET', `/api/v1/automation/deal/${company.pipeline}`);
    expect(body.rules.filter(({ stage }: { stage: string }) => stage === 'WON')[0].enabled).toBe(false);
    expect(body.triggers.filter(({ on }: { on: string }) => on === 'email/received')).toHaveLength(2);
  });

  it('brings an earlier version back', async () => {
    await keys.tabTo(page.getByRole('tab', { name: say('automation:tabs.board') }));
    await page.keyboard.press('ArrowRight');
    await keys.press(button(say('automation:versions.compare')).first());
    await keys.press(button(say('automation:versions.restore')));
    await expect
      .poll(async () => (await world.api('GET', `/api/v1/automation/deal/${company.pipeline}`)).body.triggers.length)
      .toBe(5);
  });

  it('rehearses the board', async () => {
    await page.goto(`/automation/deal/${company.pipeline}`);
    await keys.press(button(say('rehearsal:menu')));
    await keys.arrowTo(page.getByRole('menuitem', { name: say('rehearsal:rehearse.title') }));
    await page.keyboard.press('Enter');
    await keys.press(dialog().getByRole('button', { name: say('rehearsal:rehearse.start'), exact: true }));
    await dialog().getByText(say('rehearsal:figures.moves'), { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });
});

describe('the list without a mouse', () => {
  it('sorts, selects everything shown and changes its stage', async () => {
    await page.goto(`/list/deal/${company.pipeline}`);
    await keys.press(page.getByRole('columnheader').getByRole('button', { name: 'Amount' }));
    await page.waitForURL(/sort=/);
    await keys.press(page.getByRole('checkbox', { name: say('lists:list.selectAll') }), 'Space');
    await keys.press(
      page.getByRole('combobox', { name: say('lists:bulk.stage') }).or(page.getByPlaceholder(say('lists:bulk.stage'))),
    );
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('[role=option][data-combobox-selected]').waitFor();
    await page.keyboard.press('Enter');
    await expect
      .poll(
        async () => {
          const { body } = await world.api('GET', '/api/v1/items?type=deal&limit=50');
          return new Set(body.data.map(({ stage }: { stage: string }) => stage)).size;
        },
        { timeout: 60_000 },
      )
      .toBe(1);
  });
});
