import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { keyHeads, wholeTexts } from '../hands/texts.ts';
import { rest } from './scene.ts';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

// Of nothing that these rules find would we hear: what they are called is axe's to say.
const lesserRules = `Object.fromEntries(axe._audit.rules.flatMap(({ id, impact }) =>
  impact === 'minor' || impact === 'moderate' ? [[id, { enabled: false }]] : []))`;

/** What axe calls serious or critical, one line each; `rules`: these alone. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // What is fading in has a contrast of its own.
  await rest(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const which = rules === undefined ? `rules: ${lesserRules}` : `runOnly: ${JSON.stringify(rules)}`;
  const options = `{ resultTypes: ['violations'], ${which} }`;
  const found: Violation[] = await page.evaluate(`axe.run(document, ${options}).then(({ violations }) => violations)`);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.slice(0, 300)}`),
    );
}

const spoken = ['aria-label', 'placeholder', 'title'];
const keyLike = new RegExp(`(?<![\\w.@/-])(${keyHeads().join('|')})(\\.[a-zA-Z][\\w-]*)+`, 'g');

/** Texts that look like the key of a missing translation. */
export async function keysOnScreen(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  const words = [text, ...(await namesOn(page))].join('\n').replaceAll(/\{\{.*?\}\}/g, '');
  return [...new Set(words.match(keyLike))];
}

/** Our own words that stayed in another language when the screen changed to this one. */
export async function leftBehind(page: Page, other: string, language: string): Promise<string[]> {
  const right = wholeTexts(language);
  const wrong = [...wholeTexts(other)].filter((text) => isWord(text) && !right.has(text));
  // The words of a language come in pieces, some of them a moment later.
  return settled(page, async () => {
    const said = new Set([...(await textsOn(page)), ...(await namesOn(page))]);
    return wrong.filter((text) => said.has(text)).map((text) => `${language}: still ${other}: ${text}`);
  });
}

const SETTLES_WITHIN_MS = 5_000;

/** What pans sideways. */
export const panning = (page: Page) => settled(page, () => measureOverhang(page));

// What is wrong once the page has settled: an open menu follows its button a moment after a change of width.
async function settled(page: Page, look: () => Promise<string[]>): Promise<string[]> {
  let found = await look();
  for (const deadline = Date.now() + SETTLES_WITHIN_MS; found.length > 0 && Date.now() < deadline; ) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    found = await look();
  }
  return found;
}

/** What pans sideways on a phone. */
export async function overhang(page: Page): Promise<string[]> {
  await page.setViewportSize(PHONE);
  const found = await panning(page);
  await page.setViewportSize(DESK);
  return found;
}

/** Whatever of these is wrong with the screen as it stands, pointed at nowhere: what axe finds, keys instead of words, what hangs over. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.mouse.move(0, 0);
  return [...(await violations(page)), ...(await keysOnScreen(page)), ...(await overhang(page))];
}

/** Our own words that do not fit where they stand, so that a part of them cannot be read. */
export function cutOff(page: Page, language: string): Promise<string[]> {
  const ours = wholeTexts(language);
  return settled(page, async () => {
    const cut = (await measureCuts(page)).filter(({ text }) => isWord(text) && ours.has(text));
    return cut.map(({ text, where }) => `cut off: ${text} ${where}`);
  });
}

/** Every text that is cut, whoever wrote it: telling them apart here is cheaper than to hand all of ours to the page. */
function measureCuts(page: Page): Promise<{ text: string; where: string }[]> {
  return page.evaluate(() => {
    const isCut = (element: Element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const wide = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      const high = overflowY !== 'visible' && overflowY !== 'auto' && element.scrollHeight > element.clientHeight + 3;
      return element.clientWidth > 1 && overflowX !== 'auto' && (wide || high);
    };
    const holders = (element: Element | null): Element[] =>
      element === null || element.childNodes.length > 3 ? [] : [element, ...holders(element.parentElement)];
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const text = element.childElementCount === 0 ? (element.textContent?.trim() ?? '') : '';
      if (text === '' || element.getClientRects().length === 0) return [];
      const where = `<${element.parentElement?.tagName} ${element.parentElement?.className}>`;
      return holders(element).slice(0, 3).some(isCut) ? [{ text, where }] : [];
    });
  });
}

const isWord = (text: string) => text.length > 1;

/** What stands in the elements that hold nothing but a text; names of fields are code in every language. */
const textsOn = (page: Page): Promise<string[]> =>
  page
    .locator('body *:not(code)')
    .evaluateAll((all) => all.flatMap((one) => (one.childElementCount === 0 ? [one.textContent?.trim() ?? ''] : [])));

/** What a screen reader is told, or a mouse that rests. */
const namesOn = (page: Page): Promise<string[]> =>
  page
    .locator(spoken.map((name) => `[${name}]`).join())
    .evaluateAll((all, names) => all.flatMap((one) => names.map((name) => one.getAttribute(name) ?? '')), spoken);

function measureOverhang(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { documentElement: root, body } = document;
    const main = document.querySelector('main');
    const pans = main !== null && main.scrollWidth > main.clientWidth;
    return [
      ...(Math.max(root.scrollWidth, body.scrollWidth) > innerWidth ? ['the page'] : []),
      ...(pans ? ['the content'] : []),
    ];
  });
}
