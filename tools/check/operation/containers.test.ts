import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../base/run.ts';

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

const results = z.array(z.object({ messages: z.array(z.object({ type: z.string(), message: z.string() })) }));

describe('Dockerfile', () => {
  it('is one that Docker understands, without what is old or dangerous', () => {
    expect(validate(read('Dockerfile')).map(({ message }) => message)).toEqual([]);
  });

  it('is told from one that is not', () => {
    expect(validate('FROM node\nRUNN true\n').map(({ message }) => message)).toEqual(['Unknown instruction: RUNN']);
  });

  it('lets nothing run as root', () => {
    const lines = read('Dockerfile').split('\n');
    expect(lines.indexOf('USER node')).toBeGreaterThan(-1);
    expect(lines.findIndex((line) => line.startsWith('CMD'))).toBeGreaterThan(lines.indexOf('USER node'));
  });
});

describe('compose.yaml', () => {
  const lint = (file: string) =>
    results
      .parse(new DCLinter({ quiet: true, debug: false, rules: {}, exclude: [] }).lintFiles([file], false))
      .flatMap(({ messages }) => messages.filter(({ type }) => type === 'error').map(({ message }) => message));

  it('is one that Compose understands', () => {
    expect(lint(path.join(root, 'compose.yaml'))).toEqual([]);
  });

  it('is told from one that it does not understand', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-compose-'));
    const file = path.join(folder, 'compose.yaml');
    fs.writeFileSync(file, 'services:\n  signalbox:\n    imaage: node\n    ports: nowhere\n');
    expect(lint(file).length).toBeGreaterThan(0);
    fs.rmSync(folder, { recursive: true });
  });

  it('opens the house to this machine alone, and gives it time to stop', () => {
    const { services } = parse(read('compose.yaml'));
    expect(services.signalbox.ports.every((port: string) => port.startsWith('127.0.0.1:'))).toBe(true);
    expect(Number.parseInt(services.signalbox.stop_grace_period, 10)).toBeGreaterThan(10);
  });
});
