import fs from 'node:fs';
import path from 'node:path';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { rootFolder } from '../platform/config/config.ts';
import { UserError } from '../platform/errors.ts';
import { sendProblem } from '../platform/http/http-errors.ts';
import { hasBody } from '../platform/http/unfinished-bodies.ts';

const programs = /^\/(api|rest|t|f|w|d|pay|book|hooks|healthz|metrics)(\/|$)/;

/** The built web app; any other address is its first page, whose router knows it. */
export async function addWebApp(app: FastifyInstance): Promise<void> {
  const root = path.join(rootFolder, 'web', 'dist');
  const hasBuild = fs.existsSync(path.join(root, 'index.html'));
  if (hasBuild) {
    await app.register(fastifyStatic, { root, wildcard: false, index: false, cacheControl: false, setHeaders });
    app.get('/', (_request, reply) => reply.sendFile('index.html'));
  }
  // What leads nowhere is refused before its body is read.
  app.addHook('onRequest', async (request) => {
    if (request.is404 && hasBody(request)) throw noSuchRoute(request);
  });
  app.setNotFoundHandler((request, reply) => {
    const address = addressOf(request);
    const isPage = request.method === 'GET' && !programs.test(address) && !isFile(address);
    if (hasBuild && isPage) return reply.sendFile('index.html');
    return sendProblem(reply, noSuchRoute(request));
  });
}

function noSuchRoute(request: FastifyRequest): UserError {
  const detail = `There is no ${request.method} ${addressOf(request)}`;
  return new UserError({ status: 404, code: 'no-such-route', title: 'Not found', detail });
}

// No page of ours has an ending or begins with a dot: whoever asks for .env or ../ looks for a file.
const isFile = (address: string) => path.extname(address) !== '' || address.includes('/.');

function addressOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '';
}

// Vite names what it builds by content; the page that names them is always asked for anew.
const setHeaders: FastifyStaticOptions['setHeaders'] = (response, file) => {
  const isNamedByContent = file.includes(`${path.sep}assets${path.sep}`);
  response.header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache');
};
