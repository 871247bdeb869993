import type { TestProject } from 'vitest/node';
import { serveBrowser } from './browser.ts';

/** One browser for the whole run, in which each journey has what it opened to itself. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveBrowser();
  project.provide('browserEndpoint', server.wsEndpoint());
  return () => server.close();
}
