import type { AutomationScreenFigures } from './automation-screen.ts';
import type { ItemBoardFigures } from './item-board.ts';
import type { Asked, Cost, ListFigures } from './list.ts';
import type { Scrolled, Tries } from './page-speed.ts';
import type { RoleFigures } from './rights.ts';
import type { ScreenFigures } from './screens.ts';

/** The lines of (g), (h), (i) and (k), each with what it should be. */
export function screenLines({ automation, board, list, roles }: ScreenFigures): string[] {
  return [
    ...(automation === undefined ? [] : automationLines(automation)),
    ...(board === undefined ? [] : boardLines(board)),
    ...(list === undefined ? [] : listLines(list)),
    ...(roles ?? []).map(roleLine),
  ];
}

function roleLine({ who, cards, clockMs, processorMs, clock, processor }: RoleFigures): string {
  const used =
    processorMs === null || processor === null ? '' : ` · processor ${ms(processorMs)} x ${processor.toFixed(2)}`;
  const what = `(k)  board of 10,000 deals, ${who}, ${cards} cards`;
  return line(what, `${ms(clockMs)} x ${clock.toFixed(2)}${used}`, '< x 1.2');
}

function automationLines(figures: AutomationScreenFigures): string[] {
  const { emptyMs, openMs, processor, sideways, down, dropMs, panelMs } = figures;
  return [
    line('(g)  automation screen, 40 stages, 400 cards: opens', tries(openMs), '< 1,000 ms'),
    line('     times an empty page of the application', (openMs.median / emptyMs.median).toFixed(2), ''),
    line('     processor time of the page', `${ms(processor.openMs)}, empty page ${ms(processor.emptyMs)}`, ''),
    line('     times an empty page', (processor.openMs / processor.emptyMs).toFixed(2), '2.00'),
    line('     longest task while scrolling sideways', scrolled(sideways), '< 50 ms'),
    line('     longest task while scrolling down', scrolled(down), '< 50 ms'),
    line('     drop to paint', tries(dropMs), '< 150 ms'),
    line("     a card's settings open", tries(panelMs), ''),
  ];
}

function boardLines({ openMs, sideways, down, dropMs }: ItemBoardFigures): string[] {
  return [
    line('(h)  item board, 10,000 deals: opens', tries(openMs), '< 1,500 ms'),
    line('     longest task while scrolling sideways', scrolled(sideways), '< 50 ms'),
    line('     longest task while scrolling down a column', scrolled(down), '< 50 ms'),
    line('     drop to paint', tries(dropMs), '< 150 ms'),
  ];
}

function listLines({ medianMs, p95Ms, share, oneItemMs, oneItem, byTitle, slowest, byFilter }: ListFigures): string[] {
  return [
    line('(i)  50 of a million items: the median of all questions', ms(medianMs), '< 100 ms'),
    line('     the 95th percentile · questions under 100 ms', `${ms(p95Ms)} · ${Math.round(share * 100)} %`, ''),
    line('     times one item by its id', (medianMs / oneItemMs).toFixed(1), ''),
    line('     a search that fits many, by title', cost(byTitle), ''),
    line('     one item by its id', cost(oneItem), ''),
    line('     times one item', (byTitle.clockMs / oneItem.clockMs).toFixed(1), '20'),
    ...byFilter.map((asked) => asLine(asked)),
    line('     the slowest:', '', ''),
    ...slowest.map((asked) => asLine(asked)),
  ];
}

function cost({ clockMs, processorMs }: Cost): string {
  return `${ms(clockMs)}${processorMs === null ? '' : ` · processor ${ms(processorMs)}`}`;
}

function asLine({ what, medianMs, bestMs }: Asked): string {
  return line(`       ${what}`, `${ms(medianMs)} (best ${ms(bestMs)})`, '');
}

function line(what: string, figure: string, goal: string): string {
  return `${what.padEnd(62)}${figure.padStart(34)}${goal === '' ? '' : `   goal ${goal}`}`;
}

function tries({ median, best }: Tries): string {
  return `${ms(median)} (best ${ms(best)})`;
}

function scrolled({ longestMs, longestCpuMs, frameP95Ms }: Scrolled): string {
  return `${ms(longestMs)} (cpu ${ms(longestCpuMs)}), frames ${ms(frameP95Ms)}`;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
