const kept = 'signalbox.pipeline';

interface Place {
  id: number;
  type: string;
}

export const rememberPipeline = (id: number) => localStorage.setItem(kept, String(id));

/** The one looked at last; else the first deals' pipeline; else the first. */
export function lastPipeline<P extends Place>(pipelines: readonly P[], type?: string): P | undefined {
  const candidates = pipelines.filter((pipeline) => type === undefined || pipeline.type === type);
  const last = Number(localStorage.getItem(kept));
  return (
    candidates.find(({ id }) => id === last) ?? candidates.find((pipeline) => pipeline.type === 'deal') ?? candidates[0]
  );
}
