import type { CountryCode } from '@signalbox/automation/kit/values/phones.ts';
import { guessCountry } from '@signalbox/automation/kit/values/phones.ts';
import { getWorkspace } from '../../people/workspaces.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

/** The workspace's own, as far as it can be guessed. */
export async function loadCountry(tx: Tx): Promise<CountryCode | undefined> {
  return guessCountry(await getWorkspace(tx, workspaceOf(tx)));
}

/** How people of the workspace write: the tag of its language, in its country where that can be guessed. */
export function guessLocale(workspace: { timeZone: string; language: string }): string {
  const country = guessCountry(workspace);
  if (country !== undefined) return `${workspace.language}-${country}`;
  // Most of the world that writes English puts the day first.
  return workspace.language === 'en' ? 'en-GB' : workspace.language;
}
