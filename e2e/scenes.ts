import type { Page } from 'playwright-core';
import type { Company } from './company.ts';

/** One screen as a person may have it before them. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** What has to be on it before it counts as shown; by nature of the thing, not by its words. */
  readonly shown: string;
  /** What has to be pressed to come there. */
  readonly press?: (page: Page, say: (key: string) => string) => Promise<void>;
}

/** Before anybody signed in. */
export const signIn: Scene = { name: 'sign-in', path: '/sign-in', shown: 'input[type=password]' };
export const welcome: Scene = { name: 'welcome', path: '/', shown: 'input[type=password]' };

const STILL_FRAMES = 3;
const LOADING = '.mantine-Skeleton-root, .mantine-Loader-root';
const DIALOG = '[role=dialog]';

/** Every screen behind the sign-in. */
export function inside({ pipeline, deal, client }: Company): readonly Scene[] {
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
    { name: 'mail', path: '/mail', shown: 'article, nav button' },
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
    ...['profile', 'people', 'mailboxes', 'keys'].map((section) => ({
      name: `settings-${section}`,
      path: `/settings/${section}`,
      shown: 'main h1',
    })),
    { name: 'missing', path: '/nowhere', shown: 'main, #root a' },
  ];
}

const tabs = (automation: string): readonly Scene[] =>
  ['versions', 'runs', 'check'].map((tab) => ({
    name: `automation-${tab}`,
    path: automation,
    shown: '[role=tab][aria-selected=true]',
    press: (page, say) => page.getByRole('tab', { name: say(`automation:tabs.${tab}`) }).click(),
  }));

/** Switches the appearance and waits until every colour has arrived. */
export async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
  await rest(page);
}

/** Waits until nothing moves or fades any more. */
export async function rest(page: Page): Promise<void> {
  await page.evaluate(async (stillFrames) => {
    const isPassing = ({ effect }: Animation) => effect?.getTiming().iterations !== Number.POSITIVE_INFINITY;
    // A colour that is inherited arrives a frame later at each step down.
    for (let still = 0; still < stillFrames; still += 1) {
      await new Promise(requestAnimationFrame);
      if (document.getAnimations().some(isPassing)) still = 0;
    }
  }, STILL_FRAMES);
}

/** Brings a page to a scene and waits until it rests. */
export async function show(page: Page, scene: Scene, say: (key: string) => string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(scene.path);
  await scene.press?.(page, say);
  await page.locator(scene.shown).first().waitFor();
  await page.locator(LOADING).first().waitFor({ state: 'detached' });
  await rest(page);
}

export const sceneNames = inside({ pipeline: 0, deal: 0, client: 0 }).map(({ name }) => name);
