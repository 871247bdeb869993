#!/usr/bin/env node
// `npx signalbox <verb>`: sets up what is missing, then runs the command line.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ensure = path.join(path.dirname(fileURLToPath(import.meta.url)), 'ensure.mjs');
process.argv.splice(1, 1, ensure, 'server/src/cli.ts');
await import('./ensure.mjs');
