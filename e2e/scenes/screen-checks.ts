import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { keyHeads } from '../hands/texts.ts';
import { rest } from './scene.ts';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe calls serious or critical, one line each; `rules`: these alone. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // What is fading in has a contrast of its own.
  await rest(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
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
  const named = await page
    .locator(spoken.map((name) => `[${name}]`).join())
    .evaluateAll((all, names) => all.flatMap((one) => names.map((name) => one.getAttribute(name) ?? '')), spoken);
  const words = [text, ...named].join('\n').replaceAll(/\{\{.*?\}\}/g, '');
  return [...new Set(words.match(keyLike))];
}

const SETTLES_WITHIN_MS = 5_000;

/** What pans sideways on a phone, once the page has settled there: an open menu follows its button a moment later. */
export async function overhang(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 390, height: 844 });
  let found = await measureOverhang(page);
  for (const deadline = Date.now() + SETTLES_WITHIN_MS; found.length > 0 && Date.now() < deadline; ) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    found = await measureOverhang(page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

/** Our own words that do not fit where they stand, so that a part of them cannot be read. */
export async function cutOff(page: Page, texts: readonly string[]): Promise<string[]> {
  return page.evaluate((ours) => {
    const own = new Set(ours.filter((text) => text.length > 1));
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
      if (!own.has(text) || element.getClientRects().length === 0) return [];
      return holders(element).slice(0, 3).some(isCut)
        ? [`cut off: ${text} <${element.parentElement?.tagName} ${element.parentElement?.className}>`]
        : [];
    });
  }, texts);
}

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
