import { Navigate, useParams } from '@tanstack/react-router';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { lastPipeline } from '../../ui/last-pipeline.ts';
import { Loading } from '../../ui/loading.tsx';

export function FirstPipeline() {
  const { type } = useParams({ from: '/signed-in/board/$type' });
  const { data: pipelines } = usePipelines();
  if (!pipelines) return <Loading />;

  const pipeline = lastPipeline(pipelines, type) ?? pipelines[0];
  if (!pipeline) return <Loading />;
  return (
    <Navigate to="/board/$type/$pipeline" params={{ type: pipeline.type, pipeline: String(pipeline.id) }} replace />
  );
}
