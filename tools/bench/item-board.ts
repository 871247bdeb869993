import type { Page } from 'playwright-core';
import { call } from '../outside/client.ts';
import type { BenchBrowser } from './instruments/bench-browser.ts';
import type { BenchServer } from './instruments/bench-server.ts';
import { dropCard, openPage, type Scrolled, scrollPage, type Tries, tryTimes } from './page-speed.ts';

export interface ItemBoardFigures {
  readonly openMs: Tries;
  readonly sideways: Scrolled;
  /** Down a column of a thousand, further pages fetched on the way. */
  readonly down: Scrolled;
  readonly dropMs: Tries;
}

const NAME = 'Ten thousand';
const DEALS = 10_000;
const STAGES = 10;
const TRIES = 5;
const IN_SIGHT = 20;

/** (h): the board of 10,000 deals on ten stages. */
export async function benchItemBoard(server: BenchServer, { browser, page }: BenchBrowser): Promise<ItemBoardFigures> {
  const pipeline = await makeBoard(server);
  const path = `/board/deal/${pipeline}`;
  const cards = { selector: '[data-card]', count: IN_SIGHT };
  await openPage(page, path, cards);
  const openMs = await tryTimes(TRIES, () => openPage(page, path, cards));
  await scrollPage(browser, page, { ...WHEEL, byX: 120, byY: 0, turns: 10 });
  const sideways = await scrollPage(browser, page, { ...WHEEL, byX: 120, byY: 0, turns: 40 });
  const down = await scrollPage(browser, page, { ...WHEEL, byX: 0, byY: 120, turns: 150 });
  return { openMs, sideways, down, dropMs: await tryTimes(TRIES, () => dropFirstCard(page)) };
}

const WHEEL = { at: { x: 500, y: 500 } };

async function makeBoard({ place, client }: BenchServer): Promise<number> {
  const stages = Array.from({ length: STAGES }, (_, at) => ({
    code: `S${at}`,
    name: `Stage ${at}`,
    kind: at === STAGES - 2 ? 'won' : at === STAGES - 1 ? 'lost' : 'open',
  }));
  await call(place, 'PUT', `/automation/deal/${encodeURIComponent(NAME)}`, { type: 'deal', pipeline: NAME, stages });
  const { rows } = await client.query<{ id: number }>('select id::int from pipelines where name = $1', [NAME]);
  const pipeline = rows[0]?.id;
  if (pipeline === undefined) throw new Error('the pipeline was not made');
  await client.query(
    `with made as (
       insert into items (workspace_id, type, pipeline_id, stage_id, title, amount, currency, responsible_id, creator_id, moved_at)
         select s.workspace_id, 'deal', s.pipeline_id, s.id, 'Deal of a usual length ' || n, 1000 + n % 5000, 'EUR', e.id, e.id, now() - n * interval '1 minute'
         from generate_series(1, $2::int) n join stages s on s.pipeline_id = $1 and s.position = n % $3::int
         cross join (select min(id) as id from employees) e
         returning workspace_id, id)
     insert into timeline (workspace_id, item_id, kind, at, text) select workspace_id, id, 'comment', now(), 'Called, wants an offer by Friday' from made`,
    [pipeline, DEALS, STAGES],
  );
  await client.query('vacuum analyze');
  return pipeline;
}

async function dropFirstCard(page: Page): Promise<number> {
  const card = page.locator('[data-stage]:nth-of-type(2) [data-card]').first();
  const id = await card.getAttribute('data-card');
  return dropCard(page, {
    from: `[data-card="${id}"]`,
    to: '[data-stage]:nth-of-type(3)',
    done: `[data-stage]:nth-of-type(3) [data-card="${id}"]`,
  });
}
