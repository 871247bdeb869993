import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { UserError } from '../../../platform/errors.ts';
import { type Route, route } from '../../../platform/http/http.ts';
import { createFetchRecorder } from './fetch-recorder.ts';
import type { Fetch } from './judge-fetch.ts';
import { locationOf } from './location-of.ts';
import { readTarget } from './tracking-token.ts';

export interface TrackingDoors {
  readonly key: Buffer;
  /** The signed-in employee of a request; undefined for everybody else. */
  findEmployee(request: FastifyRequest): Promise<{ workspaceId: number; employeeId: number } | undefined>;
}

const tag = 'Public';
const page = z.unknown();

/** The addresses in tracked mail. No session is needed; a forged token says nothing and leads nowhere. */
export const trackingRoutes = (
  context: Context,
  doors: TrackingDoors,
  record = createFetchRecorder(context),
): Route[] => [
  route({
    method: 'GET',
    path: '/t/o/:file',
    summary: 'The pixel of a tracked e-mail',
    tag,
    access: 'public',
    params: z.object({ file: z.string() }),
    answers: { 200: page, 404: page },
    produces: 'image/gif',
    async handle({ params, request }) {
      const target = params.file.endsWith('.gif')
        ? readTarget(doors.key, params.file.slice(0, -'.gif'.length))
        : undefined;
      if (target?.kind !== 'open') return missing();
      const employeeId = await employeeOf(doors, request, target.workspaceId);
      await record(target, { fetched: fetchOf(request, context), link: null, employeeId });
      return { status: 200, body: pixel, headers: { ...uncached, 'content-type': 'image/gif' } };
    },
  }),
  route({
    method: 'GET',
    path: '/t/c/:token',
    summary: 'A link of a tracked e-mail: leads to where the e-mail said',
    tag,
    access: 'public',
    params: z.object({ token: z.string() }),
    answers: { 302: page, 404: page },
    produces: 'text/html',
    async handle({ params, request }) {
      const target = readTarget(doors.key, params.token);
      if (target?.kind !== 'click') return missing();
      const employeeId = await employeeOf(doors, request, target.workspaceId);
      const url = await record(target, { fetched: fetchOf(request, context), link: target.link, employeeId });
      return url === undefined ? missing() : { status: 302, headers: { ...uncached, location: locationOf(url) } };
    },
  }),
];

function fetchOf({ method, headers, ip }: FastifyRequest, { clock }: Context): Omit<Fetch, 'kind' | 'url'> {
  const text = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value.slice(0, 1_000).replaceAll('\0', '').toWellFormed() : null;
  };
  const purpose = text('sec-purpose') ?? text('purpose') ?? text('x-purpose') ?? text('x-moz');
  return { at: clock.now(), userAgent: text('user-agent'), ip, method, purpose };
}

// A broken or foreign session is nobody's: a client's link works whatever cookies the browser sends.
async function employeeOf(doors: TrackingDoors, request: FastifyRequest, workspaceId: number): Promise<number | null> {
  try {
    const employee = await doors.findEmployee(request);
    return employee?.workspaceId === workspaceId ? employee.employeeId : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

const uncached = {
  'cache-control': 'no-store, private, max-age=0',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

function missing() {
  const html =
    '<!doctype html><meta charset="utf-8"><title>Not found</title><p>This link is not valid or has been damaged. Please ask its sender for a new one.</p>';
  return { status: 404, body: html, headers: { ...uncached, 'content-type': 'text/html; charset=utf-8' } };
}
