import { Readable } from 'node:stream';
import { boardParams, MAX_FILE_BYTES } from '@signalbox/contract/automation/automation.ts';
import {
  type RehearsalLine,
  rehearsalLine,
  rehearseBody,
  testBody,
  tested,
} from '@signalbox/contract/automation/rehearsal.ts';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { prepareRehearsal, rehearseBoard } from './rehearse-board.ts';
import { testSignal } from './test-signal.ts';

/** Trying a board before it is saved; nothing here can write. */
export const rehearseRoutes = (context: Context): Route[] => [rehearse(context), test(context)];

const rehearse = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/automation/:type/:pipeline/rehearse',
    onlyReads: true,
    summary:
      'What a draft, or the newest version, would have done with the signals of the last days; a line of JSON each: progress, items, the result. Writes and sends nothing',
    tag: 'Automation',
    access: 'employee',
    params: boardParams,
    body: rehearseBody,
    produces: 'application/x-ndjson',
    answers: { 200: z.union([z.instanceof(Readable), rehearsalLine]) },
    bodyLimitBytes: MAX_FILE_BYTES,
    async handle({ caller, params, body }) {
      const prepared = await prepareRehearsal(context, caller.workspaceId, {
        ...{ address: params, rights: caller.rights },
        ...body,
      });
      const lines = Readable.from(asText(context, rehearseBoard(context, prepared)));
      return {
        status: 200,
        body: lines,
        headers: { 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no', 'cache-control': 'no-store' },
      };
    },
  });

// The status has been sent: what goes wrong now can only be told in a line.
async function* asText({ log }: Context, lines: AsyncIterable<RehearsalLine>): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  } catch (error) {
    log.error({ err: error }, 'a rehearsal failed');
    yield `${JSON.stringify({ error: { message: 'The rehearsal failed; the log says why' } })}\n`;
  }
}

const test = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/automation/:type/:pipeline/test',
    onlyReads: true,
    summary: 'What a signal would do to an item now, with a draft or the newest version. Writes and sends nothing',
    tag: 'Automation',
    access: 'employee',
    params: boardParams,
    body: testBody,
    answers: { 200: tested },
    bodyLimitBytes: MAX_FILE_BYTES,
    handle: async ({ caller, params, body }) => ({
      status: 200,
      body: await testSignal(context, caller, { address: params, rights: caller.rights, ...body }),
    }),
  });
