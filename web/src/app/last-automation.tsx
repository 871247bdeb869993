import { Navigate, useParams } from '@tanstack/react-router';
import { usePipelines } from '../api/automation/pipelines.ts';
import { lastPipeline } from '../ui/last-pipeline.ts';
import { Loading } from '../ui/loading.tsx';

/** The rail's entry, and an address without a pipeline: the automation of the one that was last looked at, of that type. */
export function LastAutomation() {
  const { type } = useParams({ strict: false });
  const { data: pipelines } = usePipelines();
  const pipeline = pipelines && (lastPipeline(pipelines, type) ?? lastPipeline(pipelines));
  if (!pipeline) return <Loading />;
  return (
    <Navigate
      to="/automation/$type/$pipeline"
      params={{ type: pipeline.type, pipeline: String(pipeline.id) }}
      replace
    />
  );
}
