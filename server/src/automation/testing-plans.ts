import { z } from 'zod';
import { type Databases, openDatabases } from '../platform/db.ts';
import { withClient } from '../platform/testing-databases.ts';

/** What one statement has read, by PostgreSQL's own account of how it carried it out. */
export interface StatementRead {
  readonly text: string;
  /** Rows that were looked at in tables and indexes, those that did not fit included. */
  readonly rows: number;
  /** Pages of 8 KB of tables and indexes, each as often as it was looked at. */
  readonly pages: number;
}

export interface WatchedDatabases extends Databases {
  /** What was read since the last call, those of triggers and functions included, the most first. */
  taken(): StatementRead[];
}

/** For tests: every statement tells what it read. Of the database's new connections; the owner has to be a superuser. */
export async function watchStatements(url: string): Promise<WatchedDatabases> {
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  };
  await withClient(url, async (owner) => {
    for (const [name, value] of Object.entries(settings))
      await owner.query(
        `do $$ begin execute format('alter database %I set ${name} = %L', current_database(), '${value}'); end $$`,
      );
  });
  let reads: StatementRead[] = [];
  const onNotice = (text: string) => {
    const began = text.indexOf('{');
    if (/^duration: .* plan:/.test(text) && began > 0) reads.push(readOf(JSON.parse(text.slice(began))));
  };
  return {
    ...openDatabases(url, { onNotice }),
    taken: () => {
      const sorted = reads.toSorted((a, b) => b.rows - a.rows);
      reads = [];
      return sorted;
    },
  };
}

const figures = z.object({
  'Node Type': z.string(),
  'Actual Rows': z.number().default(0),
  'Actual Loops': z.number().default(0),
  'Rows Removed by Filter': z.number().default(0),
  'Rows Removed by Index Recheck': z.number().default(0),
  'Shared Hit Blocks': z.number().default(0),
  'Shared Read Blocks': z.number().default(0),
});
type PlanNode = z.output<typeof figures> & { readonly Plans: readonly PlanNode[] };
const planNode: z.ZodType<PlanNode> = figures.extend({ Plans: z.lazy(() => z.array(planNode)).default([]) });
const plan = z.object({ 'Query Text': z.string(), Plan: planNode });

function readOf(json: unknown): StatementRead {
  const { 'Query Text': text, Plan: top } = plan.parse(json);
  return {
    text: text.replaceAll(/\s+/g, ' ').trim(),
    rows: Math.round(rowsOf(top)),
    pages: top['Shared Hit Blocks'] + top['Shared Read Blocks'],
  };
}

// A bitmap's own rows are those that its heap scan looks at.
function rowsOf(node: PlanNode): number {
  const isScan =
    /Scan$/.test(node['Node Type']) &&
    !/^(Bitmap Index|CTE|Function|Values|Subquery|WorkTable)/.test(node['Node Type']);
  const own = node['Actual Rows'] + node['Rows Removed by Filter'] + node['Rows Removed by Index Recheck'];
  return (isScan ? own * node['Actual Loops'] : 0) + node.Plans.reduce((sum, below) => sum + rowsOf(below), 0);
}
