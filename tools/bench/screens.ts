import { type AutomationScreenFigures, benchAutomationScreen } from './automation-screen.ts';
import { openBenchBrowser } from './instruments/bench-browser.ts';
import { type BenchServer, startBenchServer } from './instruments/bench-server.ts';
import { benchItemBoard, type ItemBoardFigures } from './item-board.ts';
import { benchList, type ListFigures } from './list.ts';
import { benchRights, type RoleFigures } from './rights.ts';

export interface ScreenFigures {
  readonly automation?: AutomationScreenFigures;
  readonly board?: ItemBoardFigures;
  readonly list?: ListFigures;
  readonly roles?: readonly RoleFigures[];
}

interface Wanted {
  readonly isWanted: (part: string) => boolean;
  readonly listItems: number;
  readonly say: (text: string) => void;
}

/** (g), (h), (i) and (k): what people wait for. */
export async function benchScreens({ isWanted, listItems, say }: Wanted): Promise<ScreenFigures> {
  if (!['g', 'h', 'i', 'k'].some(isWanted)) return {};
  const server = await startBenchServer('bench-screens');
  try {
    const pages = isWanted('g') || isWanted('h') ? await benchPages(server, { isWanted, say }) : {};
    if (isWanted('k')) say('(k) the board of 10,000 deals as roles see it');
    const roles = isWanted('k') ? { roles: await benchRights(server) } : {};
    if (!isWanted('i')) return { ...pages, ...roles };
    say(`(i) the list of ${listItems.toLocaleString('en')} items`);
    return { ...pages, ...roles, list: await benchList(server, listItems) };
  } finally {
    await server.close();
  }
}

async function benchPages(server: BenchServer, { isWanted, say }: Omit<Wanted, 'listItems'>): Promise<ScreenFigures> {
  const browser = await openBenchBrowser(server.place);
  try {
    if (isWanted('g')) say('(g) the automation screen of 40 stages and 400 cards');
    const automation = isWanted('g') ? { automation: await benchAutomationScreen(server, browser) } : {};
    if (isWanted('h')) say('(h) the board of 10,000 deals');
    return { ...automation, ...(isWanted('h') ? { board: await benchItemBoard(server, browser) } : {}) };
  } finally {
    await browser.close();
  }
}
