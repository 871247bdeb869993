import { apart, GaveUp } from '../../../platform/apart/apart.ts';
import { htmlToText } from '../decoding/html-to-text.ts';
import type { work } from './text-work.ts';

const workApart = apart<typeof work>(new URL('./text-work.ts', import.meta.url), { deadlineMs: 5_000 });

/** So much takes some hundredths of a second at most. */
const MOST_HERE = 50_000;

/** The words of HTML, at once: those of its beginning when it is long. */
export function beginningOfHtml(html: string): string {
  return htmlToText(html.slice(0, MOST_HERE));
}

/** The words of HTML that a person sends, of long HTML apart; its beginning when there is no time for all. */
export async function textOfHtml(
  html: string,
  { workspaceId, employeeId }: { readonly workspaceId: number; readonly employeeId: number },
): Promise<string> {
  if (html.length <= MOST_HERE) return htmlToText(html);
  try {
    return await workApart(html, { workspace: workspaceId, who: `letters of ${employeeId}`, lane: 'people' });
  } catch (error) {
    if (!(error instanceof GaveUp) || error.why === 'failed') throw error;
    return beginningOfHtml(html);
  }
}
