import type { Page } from 'playwright-core';

const PATIENCE_MS = 30_000;

declare global {
  interface Window {
    pulse: { fetching: number; hears: boolean };
  }
}

/** From the next address on, a page counts what it fetches and knows whether it hears the server's events. */
export async function feelPulse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const pulse = { fetching: 0, hears: false };
    const ask = window.fetch;
    window.fetch = async (...args) => {
      pulse.fetching += 1;
      try {
        const response = await ask(...args);
        // Until all of it is there.
        await response.clone().arrayBuffer();
        return response;
      } finally {
        pulse.fetching -= 1;
      }
    };
    window.EventSource = class extends EventSource {
      constructor(...args: ConstructorParameters<typeof EventSource>) {
        super(...args);
        this.addEventListener('open', () => {
          pulse.hears = true;
        });
      }
    };
    window.pulse = pulse;
  });
}

/** Waits until the page hears of what happens on the server. */
export async function hears(page: Page): Promise<void> {
  // By frames in the page: its policy lets nothing be evaluated later.
  const found = await page.evaluate(async (patienceMs) => {
    for (const end = performance.now() + patienceMs; !window.pulse.hears && performance.now() < end; )
      await new Promise(requestAnimationFrame);
    return window.pulse.hears;
  }, PATIENCE_MS);
  if (!found) throw new Error(`${page.url()} heard nothing of the server for ${PATIENCE_MS / 1000} s`);
}

/** Waits until all that the page fetches is there and shown. */
export async function arrived(page: Page): Promise<void> {
  const still = await page.evaluate(async (patienceMs) => {
    let frames = 0;
    for (const end = performance.now() + patienceMs; frames < 3 && performance.now() < end; ) {
      await new Promise(requestAnimationFrame);
      frames = window.pulse.fetching === 0 ? frames + 1 : 0;
    }
    return frames === 3;
  }, PATIENCE_MS);
  if (!still) throw new Error(`${page.url()} was still fetching after ${PATIENCE_MS / 1000} s`);
}

/** From the next address on, every colour and width of a page is there at once: the way there is looked at by nobody, and costs. */
export async function skipTransitions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, *::before, *::after { transition: none !important }');
    document.adoptedStyleSheets.push(sheet);
  });
}
