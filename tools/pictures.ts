import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Company, foundCompany, furnishCompany, OWNER, type Speech } from '../e2e/company.ts';
import { launchBrowser } from '../e2e/hands/browser.ts';
import { speaker } from '../e2e/hands/texts.ts';
import { NOBODY_YET, openVisitor } from '../e2e/hands/visitor.ts';
import { paint, type Scene, show } from '../e2e/scenes/scene.ts';
import { inside, signIn, welcome } from '../e2e/scenes/scenes.ts';
import { startWorld, type World } from '../e2e/world.ts';

// npm run pictures [-- folder [part of a scene's name, or readme, or '' [language]]]
// Every screen at two widths, light and dark, in English and Polish, or in one language; those of the README anew.
const root = path.resolve(import.meta.dirname, '..');
const [folder = path.join(root, '.cache/pictures'), wanted = '', only] = process.argv.slice(2);
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const forReadme: Readonly<Record<string, string>> = {
  board: 'board',
  automation: 'automation',
  'card-automation': 'why',
};

const browser = await launchBrowser();
for (const language of only === undefined ? ['en', 'pl'] : [only]) await pictureLanguage(browser, language);
await browser.close();
process.stdout.write(`The pictures are in ${folder}\n`);

async function pictureLanguage(browser: Browser, language: string): Promise<void> {
  const world = await startWorld(NOBODY_YET);
  try {
    const page = await openVisitor(browser, world, { locale: language });
    await takeAll(page, [welcome], language);
    const data: Speech = language === 'pl' ? 'pl' : 'en';
    await foundCompany(world, data);
    const company = await furnishCompany(world, data);
    await world.api('PATCH', '/api/v1/me', { language });
    await takeAll(page, [signIn], language);
    await enter(page, world);
    await takeAll(page, inside(company), language);
    if (language === 'en' && ['', 'readme'].includes(wanted)) await pictureReadme(page, company);
  } finally {
    await world.close();
  }
}

async function enter(page: Page, { place }: World): Promise<void> {
  const { email, password } = OWNER;
  const answer = await page.request.post('/api/v1/session', {
    data: { email, password },
    headers: { origin: place.url },
  });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`);
}

async function takeAll(page: Page, scenes: readonly Scene[], language: string): Promise<void> {
  const say = speaker(language);
  for (const scene of scenes.filter(({ name }) => name.includes(wanted))) {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: 'light' });
      await show(page, scene, say);
      await page.screenshot({ path: path.join(folder, `${scene.name}.${language}.${size.width}.light.png`) });
      await paint(page, 'dark');
      await page.screenshot({ path: path.join(folder, `${scene.name}.${language}.${size.width}.dark.png`) });
    }
  }
}

async function pictureReadme(page: Page, company: Company): Promise<void> {
  const target = path.join(root, 'docs/pictures');
  fs.mkdirSync(target, { recursive: true });
  await page.setViewportSize({ width: 1440, height: 720 });
  await page.emulateMedia({ colorScheme: 'light' });
  for (const scene of inside(company)) {
    const name = forReadme[scene.name];
    if (name === undefined) continue;
    await show(page, scene, speaker('en'));
    await page.screenshot({ path: path.join(target, `${name}.png`) });
  }
}
