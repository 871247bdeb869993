import fs from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Route } from '../../platform/http/http.ts';
import { describeRoutes } from './openapi.ts';

/** GET /api/openapi.json and the page that shows it, which needs nothing from other servers. */
export function addDocs(app: FastifyInstance, routes: readonly Route[]): void {
  let description: string | undefined;
  app.get('/api/openapi.json', (_request, reply) => {
    description ??= JSON.stringify(describeRoutes(routes));
    return reply.type('application/json').send(description);
  });
  for (const [url, file, type] of pages) {
    const content = fs.readFileSync(path.join(import.meta.dirname, file), 'utf8');
    app.get(url, (_request, reply) => reply.type(type).send(content));
  }
}

const pages = [
  ['/api/docs', 'page.html', 'text/html; charset=utf-8'],
  ['/api/docs/page.js', 'page.js', 'text/javascript; charset=utf-8'],
  ['/api/docs/page.css', 'page.css', 'text/css; charset=utf-8'],
] as const;
