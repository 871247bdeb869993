import { Navigate } from '@tanstack/react-router';
import { usePipelines } from '../api/pipelines.ts';
import { lastPipeline } from '../ui/last-pipeline.ts';
import { Loading } from '../ui/loading.tsx';

/** The rail's entry: the automation of the pipeline that was last looked at. */
export function LastAutomation() {
  const { data: pipelines } = usePipelines();
  const pipeline = pipelines && lastPipeline(pipelines);
  if (!pipeline) return <Loading />;
  return (
    <Navigate
      to="/automation/$type/$pipeline"
      params={{ type: pipeline.type, pipeline: String(pipeline.id) }}
      replace
    />
  );
}
