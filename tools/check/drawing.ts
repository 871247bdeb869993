import fs from 'node:fs';
import path from 'node:path';
import type { Module } from './module.ts';
import { root } from './run.ts';

const page = path.join(root, 'docs/architecture.md');
const marks = { begin: '<!-- drawing: npm run draw -->', end: '<!-- end of drawing -->' };

/** Whether docs/architecture.md shows the imports as they are. */
export function checkDrawing(modules: readonly Module[]): boolean {
  return fs.readFileSync(page, 'utf8').includes(framed(modules));
}

/** Draws the imports into docs/architecture.md again. */
export function draw(modules: readonly Module[]): void {
  const text = fs.readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split(marks.begin);
  const after = rest.split(marks.end)[1] ?? '\n';
  const heading = rest === '' ? '\n## The imports as they are\nGenerated from the code; an arrow says "uses".\n\n' : '';
  fs.writeFileSync(page, `${before}${heading}${framed(modules)}${after}`);
}

function framed(modules: readonly Module[]): string {
  return `${marks.begin}\n\`\`\`mermaid\n${mermaid(modules)}\n\`\`\`\n${marks.end}`;
}

function mermaid(modules: readonly Module[]): string {
  const arrows = new Set<string>();
  const rooms = new Set<string>();
  for (const { source, dependencies } of modules.filter(isOurs)) {
    rooms.add(roomOf(source));
    for (const { resolved } of dependencies) {
      if (isOurs({ source: resolved }) && roomOf(resolved) !== roomOf(source))
        arrows.add(`  ${idOf(source)} --> ${idOf(resolved)}`);
    }
  }
  const workspaces = [...new Set([...rooms].map(workspaceOf))].sort();
  const groups = workspaces.flatMap((workspace) => [
    `  subgraph ${workspace}`,
    ...[...rooms]
      .filter((room) => workspaceOf(room) === workspace)
      .sort()
      .map((room) => `    ${room.replaceAll('/', '_')}["${room.split('/')[1] ?? room}"]`),
    '  end',
  ]);
  return ['flowchart TD', ...groups, ...[...arrows].sort()].join('\n');
}

function isOurs({ source }: Pick<Module, 'source'>): boolean {
  return (
    /^(automation|contract|server|web|widget)\/src\/.*\.tsx?$/.test(source) &&
    !/\.test\.tsx?$|\/testing|\/fixtures/.test(source)
  );
}

/** A workspace's first folders are its rooms; the files beside them are drawn by their own names, contract as one. */
function roomOf(source: string): string {
  const [workspace = '', , first = '', second] = source.split('/');
  if (workspace === 'contract') return 'contract/contract';
  return second === undefined ? `${workspace}/${first.replace(/\.tsx?$/, '')}` : `${workspace}/${first}`;
}

function idOf(source: string): string {
  return roomOf(source).replaceAll('/', '_');
}

function workspaceOf(room: string): string {
  return room.split('/')[0] ?? room;
}
