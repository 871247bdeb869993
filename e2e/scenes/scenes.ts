import type { Page } from 'playwright-core';
import type { Company } from '../company.ts';
import { DIALOG, type Scene } from './scene.ts';
import { scenesAtTheDoor, scenesOfAccounts } from './scenes-of-accounts.ts';
import { scenesOfData } from './scenes-of-data.ts';
import { scenesOfPipelines } from './scenes-of-pipelines.ts';
import { scenesOfPlanned } from './scenes-of-planned.ts';
import { scenesOfRights } from './scenes-of-rights.ts';
import { scenesOfTasks } from './scenes-of-tasks.ts';
import { scenesOfTypes } from './scenes-of-types.ts';

/** Before anybody signed in. */
export const signIn: Scene = { name: 'sign-in', path: '/sign-in', shown: 'input[type=password]' };
export const welcome: Scene = { name: 'welcome', path: '/', shown: 'input[type=password]' };

const settings = [
  'profile',
  'people',
  'roles',
  'itemTypes',
  'fields',
  'workingTime',
  'currencies',
  'channels',
  'mailDomains',
  'heldMail',
  'keys',
  'quotas',
];

/** Every screen behind the sign-in. */
export function inside(company: Company): readonly Scene[] {
  const { pipeline, deal, client } = company;
  const board = `/board/deal/${pipeline}`;
  const item = `${board}/items/${deal}`;
  const automation = `/automation/deal/${pipeline}`;
  const onCards = '[data-uid]';
  return [
    { name: 'board', path: board, shown: '[data-card]' },
    { name: 'board-empty', path: '/board/quote', shown: '[data-stage]' },
    { name: 'board-nothing-found', path: `${board}?q=zzz`, shown: '[data-stage]' },
    { name: 'card-timeline', path: item, shown: `${DIALOG} ol li` },
    {
      name: 'card-email',
      path: item,
      shown: '.ProseMirror, [contenteditable=true]',
      press: (page, say) => page.locator(DIALOG).getByText(say('common.email'), { exact: true }).first().click(),
    },
    { name: 'card-history', path: `${item}?tab=history`, shown: `${DIALOG} table` },
    { name: 'card-automation', path: `${item}?tab=automation`, shown: '[data-moved]' },
    ...undoing(item),
    { name: 'clients', path: '/clients/contact', shown: 'table a, table button' },
    { name: 'companies', path: '/clients/company', shown: 'table a, table button' },
    { name: 'client', path: `/clients/contact/${client}`, shown: DIALOG },
    { name: 'automation', path: automation, shown: onCards },
    {
      name: 'catalogue',
      path: automation,
      shown: `${DIALOG} dl`,
      press: async (page, say) => {
        await page.locator(onCards).first().waitFor();
        await page.getByRole('button', { name: say('automation:create.button') }).click();
        await page.getByRole('menuitem', { name: say('automation:create.trigger') }).click();
        await page.getByRole('menu').waitFor({ state: 'detached' });
      },
    },
    { name: 'trigger', path: `${automation}#offer-read`, shown: `${DIALOG} footer button` },
    { name: 'rule', path: `${automation}#tell`, shown: `${DIALOG} footer button` },
    { name: 'automation-of-type', path: '/automation/deal', shown: onCards },
    ...tabs(automation),
    ...trials(automation),
    ...scenesOfData(company),
    ...scenesOfTypes,
    ...scenesOfPipelines(board),
    ...scenesOfRights(item),
    ...scenesOfTasks({ task: company.task, item }),
    ...scenesOfPlanned,
    { name: 'sandbox-mailbox', path: '/sandbox/mailbox', shown: 'article, nav button' },
    {
      name: 'bell',
      path: board,
      shown: '[data-unread]',
      press: async (page, say) => {
        await page.locator('[data-card]').first().waitFor();
        await page.getByRole('button', { name: new RegExp(`^${say('bell.title')}`) }).click();
      },
    },
    {
      name: 'search',
      path: board,
      shown: '[role=option]',
      press: async (page) => {
        await page.locator('[data-card]').first().waitFor();
        await page.keyboard.press('Control+K');
        await page.getByRole('combobox').last().fill('example');
        await page.getByRole('option').filter({ hasText: '.example' }).first().waitFor();
      },
    },
    ...settings.map((section) => ({
      name: `settings-${section}`,
      path: `/settings/${section}`,
      shown: 'main h1',
    })),
    ...scenesOfAudit,
    ...scenesOfAccounts,
    ...scenesOfCalls,
    { name: 'forgotten', path: '/forgotten', shown: 'input[type=email]', isOutside: true },
    { name: 'reset-gone', path: '/reset/gone', shown: '#root h2, #root p', isOutside: true },
    ...scenesAtTheDoor(company),
    { name: 'confirmed-not', path: '/confirmed?problem=oidc-not-you', shown: '#root h1', isOutside: true },
    { name: 'missing', path: '/nowhere', shown: 'main, #root a', isOutside: true },
  ];
}

const scenesOfAudit: readonly Scene[] = [
  {
    name: 'settings-audit',
    path: '/settings/audit',
    shown: 'details[open] dl dd',
    press: (page) => page.locator('main details').first().click(),
  },
  { name: 'settings-audit-nothing-found', path: '/settings/audit?q=zzz&group=rights', shown: 'main h2' },
];

// The telephone rings until the end: nothing but the last page comes after.
const scenesOfCalls: readonly Scene[] = [
  { name: 'calls', path: '/calls', shown: 'main ul li' },
  { name: 'calls-all', path: '/calls?show=all', shown: 'main [role=slider]' },
  { name: 'calls-hours', path: '/calls?show=hours', shown: 'main table' },
  {
    name: 'settings-phone-lines',
    path: '/settings/channels/phone-line',
    shown: 'main section code',
    press: async (page) => {
      await page.locator('main section').first().waitFor();
      const folded = page.locator('main section button[aria-expanded=false]');
      while ((await folded.count()) > 0) await folded.first().click();
    },
  },
  // In the order of the menu; the sandbox is the first of it.
  ...['api', 'asterisk', 'twilio', 'bitrix24'].map((provider, place) => ({
    name: `new-line-${provider}`,
    path: '/settings/channels/phone-line',
    shown: 'main section:last-of-type form input',
    press: async (page: Page) => {
      await page.locator('main section').first().waitFor();
      await page.locator('main > * button').last().click();
      await page
        .getByRole('menuitem')
        .nth(place + 1)
        .click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
    },
  })),
  { name: 'sandbox-phone-line', path: '/sandbox/phone-line', shown: 'main ul li' },
  {
    name: 'call-rings',
    path: '/sandbox/phone-line',
    shown: 'article[data-ringing] button[aria-expanded]',
    press: (page, say) => page.getByRole('button', { name: say('phone:sandbox.ring'), exact: true }).click(),
  },
];

/** What a stage's rules did: asked for before it is taken back, and drawn. */
const undoing = (item: string): readonly Scene[] => [
  {
    name: 'card-undo',
    path: `${item}?tab=automation`,
    shown: '[data-back]',
    press: (page, say) =>
      page
        .getByRole('button', { name: say('automation:undo.visit') })
        .first()
        .click(),
  },
  // As they ran, at the foot of the tab.
  {
    name: 'card-run-graph',
    path: `${item}?tab=automation`,
    shown: '[data-forked]',
    press: (page) => page.locator('[data-forked]').first().scrollIntoViewIfNeeded(),
  },
];

const tabs = (automation: string): readonly Scene[] =>
  ['versions', 'runs', 'check'].map((tab) => ({
    name: `automation-${tab}`,
    path: automation,
    shown: '[role=tab][aria-selected=true]',
    press: (page, say) => page.getByRole('tab', { name: say(`automation:tabs.${tab}`) }).click(),
  }));

/** Test and Rehearse, each with its answer. */
function trials(automation: string): readonly Scene[] {
  const open = (trial: string) => async (page: Page, say: (key: string) => string) => {
    await page.locator('[data-uid]').first().waitFor();
    await page.getByRole('button', { name: say('rehearsal:menu') }).click();
    await page.getByRole('menuitem', { name: say(`rehearsal:${trial}.title`) }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };
  return [
    {
      name: 'automation-test',
      path: automation,
      shown: `${DIALOG} ul li`,
      press: async (page, say) => {
        await open('test')(page, say);
        await page.getByRole('combobox', { name: say('rehearsal:test.item') }).click();
        await page.getByRole('option').first().click();
        await page
          .getByRole('button', { name: say('rehearsal:test.run'), exact: true })
          .last()
          .click();
      },
    },
    {
      name: 'automation-rehearse',
      path: automation,
      shown: `${DIALOG} dl`,
      press: async (page, say) => {
        await open('rehearse')(page, say);
        await page
          .getByRole('button', { name: say('rehearsal:rehearse.start'), exact: true })
          .last()
          .click();
      },
    },
  ];
}

export const sceneNames = inside({
  pipeline: 0,
  deal: 0,
  task: 0,
  client: 0,
  draftImport: 0,
  doneImport: 0,
  clientsImport: 0,
  invitation: '',
}).map(({ name }) => name);
