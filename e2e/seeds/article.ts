import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { OWNER } from '../company.ts';
import { joinBrowser, startGuest } from '../hands/guest.ts';
import { speaker } from '../hands/texts.ts';
import { until } from '../hands/until.ts';
import { NOBODY_YET, openVisitor } from '../hands/visitor.ts';
import type { World } from '../world.ts';

const locales = { en: 'en-GB', pl: 'pl-PL', es: 'es-ES', pt: 'pt-BR', it: 'it-IT' } as const;
export type ReadIn = keyof typeof locales;

/** One who follows a help article on a company of their own, in the article's language. */
export interface Reader {
  readonly page: Page;
  readonly world: World;
  /** What the screen says for a key. */
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  readonly pipeline: number;
  /** The name of a stage of the deals' pipeline by its code. */
  readonly stage: (code: string) => string;
  /** The API as the first account; throws when it refuses. */
  // biome-ignore lint/suspicious/noExplicitAny: a journey looks at answers as any outside program does, without our types.
  call(method: string, path: string, body?: unknown): Promise<any>;
  /** A picture on the way, when `SIGNALBOX_PICTURES` names a folder. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openArticle(article: string, language: ReadIn): Promise<Reader> {
  const world = await startGuest(NOBODY_YET);
  const browser: Browser = await joinBrowser();
  await found(world, language);
  const page = await openVisitor(browser, world, { locale: locales[language] });
  const call = caller(world);
  const { data: pipelines } = await call('GET', '/pipelines?type=deal');
  const [pipeline] = pipelines;
  const said = speaker(language);
  const folder = process.env.SIGNALBOX_PICTURES;
  let taken = 0;
  return {
    page,
    world,
    call,
    say: (key, values = {}) => filled(said(key), values),
    pipeline: pipeline.id,
    stage: (code) => pipeline.stages.find((one: { code: string }) => one.code === code).name,
    async picture(name) {
      if (folder === undefined) return;
      fs.mkdirSync(folder, { recursive: true });
      taken += 1;
      const number = String(taken).padStart(2, '0');
      await page.screenshot({ path: path.join(folder, `${article}-${language}-${number}-${name}.png`) });
    },
    async close() {
      await browser.close();
      await world.close();
    },
  };
}

async function found({ place }: World, language: ReadIn): Promise<void> {
  const response = await fetch(`${place.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: place.url },
    body: JSON.stringify({
      ...OWNER,
      workspaceName: 'Northwind',
      currency: 'EUR',
      language,
      timeZone: 'Europe/Rome',
      sampleData: true,
    }),
  });
  if (!response.ok) throw new Error(`setup: ${response.status} ${await response.text()}`);
}

const caller =
  (world: World): Reader['call'] =>
  async (method, route, body) => {
    const answer = await world.api(method, `/api/v1${route}`, body);
    if (answer.status >= 300) throw new Error(`${method} ${route}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

const filled = (text: string, values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).reduce((all, [name, value]) => all.replaceAll(`{{${name}}}`, String(value)), text);

/** The parts of the automation screen, by their words. */
export function partsOf({ page, say, stage }: Reader) {
  const cell = (lane: 'trigger' | 'rule') => (code: string) =>
    page.getByRole('list', { name: say(`automation:board.cell.${lane}`, { stage: stage(code) }), exact: true });
  return {
    catalogue: page.getByRole('dialog', { name: say('automation:catalogue.title') }),
    settings: page.getByRole('dialog', { name: say('automation:settings.title') }),
    saveBar: page.getByRole('region', { name: say('automation:save.bar') }),
    triggers: cell('trigger'),
    rules: cell('rule'),
    cardIn: (code: string, name: string): Locator =>
      cell('trigger')(code).locator('[data-uid]').filter({ hasText: name }),
  };
}

/** Signs in by the page itself. */
export async function signInTo({ page, say }: Reader): Promise<void> {
  await page.goto('/');
  await page.getByLabel(say('common.email')).fill(OWNER.email);
  await page.locator('input[type=password]').fill(OWNER.password);
  await page.locator('button[type=submit]').click();
  await page.locator('[data-card]').first().waitFor();
}

/** Waits until an item stands on a stage. */
export async function standsOn({ call }: Reader, item: number, stage: string): Promise<void> {
  await until(`item ${item} on ${stage}`, async () => (await call('GET', `/items/${item}`)).stage === stage);
}

/** A deal with a client, on the first stage. */
export async function makeDeal({ call }: Reader, title: string, more: object = {}): Promise<number> {
  const { data: clients } = await call('GET', '/contacts?limit=1');
  const made = await call('POST', '/items', { type: 'deal', title, stage: 'NEW', contact: clients[0].id, ...more });
  return made.id;
}
