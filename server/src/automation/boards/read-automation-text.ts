import { apart, GaveUp } from '../../platform/apart/apart.ts';
import { UserError } from '../../platform/errors.ts';
import type { Place } from './automation-text.ts';
import type { TextRead, work } from './automation-text-work.ts';

const DEADLINE_MS = 5_000;
const readApart = apart<typeof work>(new URL('./automation-text-work.ts', import.meta.url), {
  deadlineMs: DEADLINE_MS,
});

/** Whose file it is. */
export interface TextOwner {
  readonly workspaceId: number;
  readonly employeeId: number | null;
}

/** An automation file as text, read apart. Throws UserError 422 for what takes too long, 503 when too much waits. */
export function readAutomationText(source: string, owner: TextOwner): Promise<Pick<TextRead, 'value' | 'problems'>> {
  return ask({ source, paths: null }, owner);
}

/** Where the parts of these paths stand, in their order. */
export async function locateInText(
  source: string,
  paths: readonly string[],
  owner: TextOwner,
): Promise<readonly Place[]> {
  return paths.length === 0 ? [] : (await ask({ source, paths }, owner)).places;
}

async function ask(asked: Parameters<typeof readApart>[0], { workspaceId, employeeId }: TextOwner): Promise<TextRead> {
  try {
    return await readApart(asked, {
      workspace: workspaceId,
      who: `files of ${employeeId ?? 'nobody'}`,
      lane: 'people',
    });
  } catch (error) {
    if (!(error instanceof GaveUp) || error.why === 'failed') throw error;
    throw error.why === 'busy' ? busy() : tooHard();
  }
}

function busy(): UserError {
  const detail = 'Several files are being read just now; try again in a minute';
  return new UserError({ status: 503, code: 'busy', title: 'Busy', detail });
}

function tooHard(): UserError {
  const detail = 'Reading the file takes too long or too much memory';
  return new UserError({ status: 422, code: 'too-hard', title: 'The file could not be read', detail });
}
