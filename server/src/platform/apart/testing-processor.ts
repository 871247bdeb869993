/**
 * How much of its own processor time work took, in milliseconds: what takes the square of a text's length takes minutes of it, whatever else
 * the machine does.
 */
export function processorMsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
