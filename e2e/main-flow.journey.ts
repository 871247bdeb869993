import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { beginWith } from './begin.ts';
import { cardIn, goTo, makeFirstAccount, openVisitor, PASSWORD } from './hands/visitor.ts';
import type { World } from './world.ts';

const DEAL = 'Fleet tracking';
const OTHER_DEAL = 'Reminders for clients';

let world: World;
let browser: Browser;
let anna: Page;
let ben: Page;

beginWith(async (beginning) => {
  ({ world, browser } = beginning);
  anna = await beginning.open('anna');
  ben = await beginning.open('ben');
  await makeFirstAccount(anna, { name: 'Anna Nowak', email: 'anna@harbour.test', company: 'Harbour & Co' });
});

describe('the main flow, two people looking on', () => {
  it('invites a colleague through the screen, who accepts and sees the same board', async () => {
    await goTo(anna, 'Settings');
    await anna.getByRole('link', { name: 'People' }).click();
    await anna.getByRole('button', { name: 'Invite' }).click();
    const dialog = anna.getByRole('dialog');
    await dialog.getByLabel('First and last name').fill('Ben Carter');
    await dialog.getByLabel('E-mail').fill('ben@harbour.test');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    const link = await dialog.getByRole('code').innerText();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await ben.goto(link);
    await ben.getByRole('heading', { name: 'Join Harbour & Co' }).waitFor();
    await ben.getByLabel(/^Password/).fill(PASSWORD);
    await ben.getByRole('button', { name: 'Join' }).click();
    await cardIn(ben, 'Offer sent', DEAL).waitFor();

    const third = await openVisitor(browser, world);
    await third.goto(link);
    await third.getByText('This invitation does not hold any more').waitFor();
    await third.context().close();
  });

  it('refuses a board that lacks a required setting, and leads to the card', async () => {
    await goTo(anna, 'CRM');
    await anna.getByRole('main').getByRole('link', { name: 'Automation' }).click();
    await anna.getByRole('button', { name: 'Create', exact: true }).click();
    await anna.getByRole('menuitem', { name: 'Create automation rule' }).click();
    await chooseStage('Interested');
    await catalogue()
      .getByRole('button', { name: 'Add “Add notification”' })
      .click({ modifiers: ['Control'] });
    await catalogue().getByText('1 added').waitFor();
    await catalogue().getByRole('button', { name: 'Close the catalogue' }).click();
    await rules('Interested').getByText('Not set up yet').waitFor();

    await saveBar().getByRole('button', { name: 'Save' }).click();
    const refused = anna.getByRole('alert').filter({ hasText: 'This must be mended first' });
    await refused.getByRole('button', { name: 'Add notification: Fill this in.' }).click();
    const text = settings().getByLabel(/^Notification text/);
    await text.and(anna.locator(':focus')).waitFor();

    await text.fill('{{ client.name }} has read the offer');
    await settings().getByRole('button', { name: 'Save' }).click();
    await rules('Interested').getByText('Not set up yet').waitFor({ state: 'detached' });
    await refused.waitFor({ state: 'detached' });
  });

  it('places a trigger and a second rule by mouse, saves in the panel and on the page', async () => {
    await anna.getByRole('button', { name: 'Add to Interested' }).click();
    await catalogue().getByLabel('Search by name or by what it does').fill('opened');
    await catalogue().getByRole('button', { name: 'Add “E-mail opened”' }).click();
    await settings().getByText('Trigger on Interested').waitFor();
    await settings().getByRole('button', { name: 'Save' }).click();

    await anna.getByRole('button', { name: 'Add to Interested' }).click();
    await catalogue().getByRole('button', { name: 'Add “Add comment to item”' }).click();
    await settings()
      .getByLabel(/^Comment text/)
      .fill('Call {{ client.firstName }} today.');
    await settings().getByRole('button', { name: 'Save' }).click();

    await saveBar().getByRole('button', { name: 'Save' }).click();
    await saveBar().waitFor({ state: 'detached' });
    await anna.reload();
    await triggers('Interested').getByText('E-mail opened').waitFor();
    await rules('Interested').getByText('Add notification').waitFor();
    await rules('Interested').getByText('Add comment to item').waitFor();
    expect(await anna.getByRole('main').getByText('Not set up yet').count()).toBe(0);
  });

  it("moves the card on the colleague's board when the client opens the e-mail", async () => {
    await write(DEAL, 'Your fleet, on one map');
    await ben.evaluate(() => document.body.setAttribute('data-same-page', ''));
    expect(await cardIn(ben, 'Interested', DEAL).count()).toBe(0);

    await act('Your fleet, on one map', 'Open');
    await cardIn(ben, 'Interested', DEAL).waitFor();
    expect(await cardIn(ben, 'Offer sent', DEAL).count()).toBe(0);
    expect(await ben.locator('body[data-same-page]').count()).toBe(1);
  });

  it('counts in the bell of the responsible and of nobody else', async () => {
    // One by the rule, one because her own e-mail was opened.
    await anna.getByRole('button', { name: 'Notifications, 2 unread' }).click();
    await anna.getByRole('button', { name: 'grace.okafor@meridianlog.example' }).waitFor();
    await anna.getByRole('button', { name: 'Grace Okafor has read the offer' }).waitFor();
    await anna.keyboard.press('Escape');
    await ben.getByRole('button', { name: 'Notifications, 0 unread' }).waitFor();
  });

  it('says on the timeline which trigger moved it and for whom, and why in one click', async () => {
    await cardIn(ben, 'Interested', DEAL).click();
    const timeline = ben.getByRole('list', { name: 'Timeline' });
    await timeline.getByText('From Offer sent to Interested by E-mail opened, as Anna Nowak').waitFor();
    await timeline.getByText('Call Grace today.').waitFor();
    await timeline.getByRole('link', { name: 'Why?' }).click();

    const moved = log().filter({ hasText: 'E-mail opened' });
    await moved.getByText('moved Offer sent → Interested').waitFor();
    await moved.getByText('because E-mail opened (Interested) heard it').waitFor();
    const done = ben.getByRole('region', { name: 'Automation rules' }).getByRole('img', { name: 'Done' });
    await done.nth(1).waitFor();
    expect(await done.count()).toBe(2);
  });

  it('explains a second open that moves nothing', async () => {
    await act('Your fleet, on one map', 'Open');
    const second = log().filter({ hasText: 'E-mail opened (Interested): the item is already there' });
    await second.getByText('→ nothing').waitFor();
    expect(await second.count()).toBe(1);
    await anna.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor();
  });

  it("explains a machine's open that does not count, and leaves the deal where it is", async () => {
    await write(OTHER_DEAL, 'Reminders, on trial');
    await act('Reminders, on trial', 'Open', /Mimecast/);
    await ben.getByRole('button', { name: 'Close' }).click();
    await cardIn(ben, 'Offer sent', OTHER_DEAL).click();
    await ben.getByRole('tab', { name: 'Automation' }).click();
    const machine = log().filter({ hasText: 'E-mail opened (Interested): it was a machine, not a person' });
    await machine.getByText('→ nothing').waitFor();
    await machine.getByText('by a machine').waitFor();
    expect(await ben.getByText(/^moved /).count()).toBe(0);
  });
});

const catalogue = () => anna.getByRole('dialog', { name: 'Triggers and automation rules' });
const settings = () => anna.getByRole('dialog', { name: 'Settings' });
const saveBar = () => anna.getByRole('region', { name: 'Unsaved changes' });
const triggers = (stage: string) => anna.getByRole('list', { name: `Triggers of ${stage}` });
const rules = (stage: string) => anna.getByRole('list', { name: `Automation rules of ${stage}` });
const log = () => ben.getByRole('region', { name: 'What happened, and why' }).locator('> ol > li');

async function chooseStage(name: string): Promise<void> {
  await catalogue().getByRole('combobox', { name: 'Stage' }).click();
  await anna.getByRole('option', { name }).click();
}

/** Anna writes from the deal's card. */
async function write(deal: string, subject: string): Promise<void> {
  await goTo(anna, 'CRM');
  await cardIn(anna, 'Offer sent', deal).click();
  const card = anna.getByRole('dialog');
  await card.getByText('E-mail', { exact: true }).first().click();
  await card.getByLabel('Subject').fill(subject);
  await card.getByLabel('Text of the e-mail').fill('Here is the offer. When may I call you?');
  await card.getByRole('button', { name: 'Send' }).click();
  await card.getByRole('list', { name: 'Timeline' }).getByText(subject).waitFor();
  await card.getByRole('button', { name: 'Close' }).click();
}

/** Does what the client would do, on the sandbox's mail page. */
async function act(subject: string, action: string, as?: RegExp): Promise<void> {
  await goTo(anna, 'Sandbox');
  await anna.getByRole('navigation', { name: 'Mail that was kept' }).getByRole('button', { name: subject }).click();
  if (as !== undefined) {
    await anna.getByRole('combobox', { name: 'As whom' }).click();
    await anna.getByRole('option', { name: as }).click();
  }
  await anna.getByRole('article').getByRole('button', { name: action }).click();
  await anna.getByRole('alert').filter({ hasText: 'Opened' }).first().waitFor();
}
