import { spawn } from 'node:child_process';
import type { Cluster } from './cluster.ts';

// Its input closes when our process ends, in whatever way.
const script = `
read -r _
pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
  kill -QUIT "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$2"
`;

/** A small shell that outlives us and then stops and deletes a temporary cluster. */
export function removeWithParent(cluster: Cluster): { dismiss(): void } {
  const child = spawn('sh', ['-c', script, 'sh', cluster.data, cluster.home], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.on('error', () => {});
  child.unref();
  if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return { dismiss: () => child.kill() };
}
